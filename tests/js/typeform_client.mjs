// What Typeform's own client asks for, and what it makes of the pages given on stdin: JSON on stdout. Nothing leaves here.
import { readFileSync } from "node:fs";

import typeform from "@typeform/api-client";

const pages = JSON.parse(readFileSync(0, "utf8"));
const asked = [];
const { responses } = typeform.createClient({ token: "none" });
responses._http = {
  async request(question) {
    asked.push(question);
    return pages[asked.length - 1] ?? { total_items: 0, items: [] };
  },
};

const read = await responses.list({ uid: "lT4Z3j", page: "auto" });
const every = { pageSize: 1, since: "s", until: "u", after: "a", before: "b", ids: "i", completed: true, sort: "o" };
await responses.list({ uid: "lT4Z3j", ...every, query: "q", fields: "f" });
console.log(JSON.stringify({ turned: asked.slice(0, -1), every: asked.at(-1), read: read.items.length }));
