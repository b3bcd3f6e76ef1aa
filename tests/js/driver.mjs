// Runs the real .gs files for the tests: a call a line on stdin, its outcome a line on stdout.
// Scripts bear file addresses, so that V8's coverage knows their lines; {"coverage": true} writes what was gathered.
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { takeCoverage } from "node:v8";
import vm from "node:vm";

import { syncFetcher } from "./sync_fetch.mjs";

const root = resolve(import.meta.dirname, "../..");
const { runExecution } = await import(pathToFileURL(join(root, "sync/sheet/local/web/runtime/index.js")));
const plugin = join(root, "sheet_templates/apps_script");
const fetchSync = syncFetcher();
const scripts = new Map();
const kept = new Map(); // workbook -> kind -> properties
const napping = new Int32Array(new SharedArrayBuffer(4));

function openRealm(files, globals) {
  const context = vm.createContext({ ...globals });
  for (const file of files) {
    if (!scripts.has(file.source)) scripts.set(file.source, new vm.Script(file.source, { filename: file.address }));
    scripts.get(file.source).runInContext(context);
  }
  const evaluate = (code) => vm.runInContext(code, context);
  return { evaluate, Error: evaluate("Error"), Date: evaluate("Date"), Array: evaluate("Array") };
}

function projectFiles(names) {
  const found = names ?? readdirSync(plugin).filter((name) => name.endsWith(".gs")).sort();
  return found.map((name) => {
    const address = pathToFileURL(join(plugin, name)).href;
    return { name, address, source: readFileSync(join(plugin, name), "utf8") };
  });
}

function pages() {
  const names = readdirSync(plugin).filter((name) => name.endsWith(".html"));
  return Object.fromEntries(names.map((name) => [name.replace(/\.html$/, ""), readFileSync(join(plugin, name), "utf8")]));
}

function envFor(call, seen) {
  const store = kept.get(call.workbook) ?? kept.set(call.workbook, new Map()).get(call.workbook);
  const began = Date.now();
  const clock = () => began + (Date.now() - began) * (call.haste ?? 1); // a clock that may run too fast
  return {
    files: [...(call.files ?? projectFiles()), ...(call.probe ? [{ name: "probe", address: "probe", source: call.probe }] : [])],
    html: call.html ?? pages(),
    manifest: { ...JSON.parse(readFileSync(join(plugin, "appsscript.json"), "utf8")), ...call.manifest },
    spreadsheetId: call.workbook,
    locale: "es_ES",
    timeZone: "Europe/Madrid",
    sheetsUrl: call.sheetsUrl,
    fetchSync: (method, url, headers, body) => {
      const began = performance.now();
      if (call.offline && !url.startsWith(call.sheetsUrl)) throw new Error("offline");
      const canned = !url.startsWith(call.sheetsUrl) && call.answers?.length ? call.answers.shift() : null;
      const answer = canned ?? fetchSync(method, url, headers, body);
      const took = performance.now() - began;
      seen.requests.push({ method, url, headers, body: body.slice(0, 4000), status: answer.status, took });
      return answer;
    },
    properties: {
      load: (kind) => store.get(kind) ?? {},
      save: (kind, pairs) => store.set(kind, JSON.parse(JSON.stringify(pairs))),
    },
    ui: {
      toast: (message, title, seconds) => seen.toasts.push({ message, title, seconds }),
      showSidebar: (html, title) => { seen.sidebar = { html, title }; },
      setMenu: (items) => { seen.menu = items; },
      activate: (place) => { seen.activated = place; },
    },
    user: { email: "ana@example.com", locale: call.userLocale },
    now: clock,
    sleep: call.sleep === false ? undefined : (milliseconds) => Atomics.wait(napping, 0, 0, Math.min(milliseconds, 20)),
    ...(call.plainRealm ? {} : { openRealm }), // plain: as in a worker, where there is no vm
  };
}

function answerTo(call) {
  if (call.coverage) {
    takeCoverage();
    return { value: null };
  }
  if (call.properties) kept.set(call.workbook, new Map(Object.entries(call.properties)));
  if (call.peek) return { value: Object.fromEntries(kept.get(call.workbook) ?? []) };
  const seen = { requests: [], toasts: [], menu: null, sidebar: null };
  const began = performance.now();
  const outcome = runExecution(envFor(call, seen), call);
  return { ...outcome, ...seen, took: performance.now() - began };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answerTo(JSON.parse(line)))}\n`);
}
