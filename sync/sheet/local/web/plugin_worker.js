// One execution of the plugin, in a worker of its own: it lives for one call. The outside is reached by synchronous
// requests, which a worker may make: the Sheets API and the properties here, everything else through /page/fetch.

import { runExecution } from "./runtime/index.js";

const ours = self.location.origin;

function send(method, url, headers, body) {
  const request = new XMLHttpRequest();
  request.open(method, url, false);
  for (const [name, value] of Object.entries(headers || {})) request.setRequestHeader(name, value);
  request.send(body === undefined ? null : body);
  return request;
}

function headersOf(request) {
  const lines = request.getAllResponseHeaders().trim().split(/[\r\n]+/);
  return Object.fromEntries(lines.filter(Boolean).map((line) => line.split(/: (.*)/s).slice(0, 2)));
}

/** @param {string} token */
function fetcher(token) {
  const signed = { Authorization: `Bearer ${token}` };
  return (method, url, headers, body) => {
    if (new URL(url).origin === ours) {
      const answer = send(method, url, { "Content-Type": "application/json", ...headers, ...signed }, body ?? undefined);
      return { status: answer.status, headers: headersOf(answer), text: answer.responseText };
    }
    const asked = JSON.stringify({ method, url, headers: headers || {}, body: body ?? null });
    const answer = send("POST", "/page/fetch", { "Content-Type": "application/json", ...signed }, asked);
    if (answer.status !== 200) throw new Error(`Address unavailable: ${url}`);
    return JSON.parse(answer.responseText);
  };
}

/** @param {string} workbook @param {string} token */
function properties(workbook, token) {
  const signed = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const path = (kind) => `/page/properties/${encodeURIComponent(workbook)}/${kind}`;
  return {
    load: (kind) => JSON.parse(send("GET", path(kind), signed).responseText),
    save: (kind, content) => {
      const answer = send("PUT", path(kind), signed, JSON.stringify(content));
      if (answer.status !== 200) throw new Error(JSON.parse(answer.responseText).error.message);
    },
  };
}

function sleep(milliseconds, token) {
  for (let left = milliseconds; left > 0; left -= 5000) {
    send("GET", `/page/wait/${Math.ceil(Math.min(left, 5000))}`, { Authorization: `Bearer ${token}` });
  }
}

self.onmessage = ({ data }) => {
  const { call, project, token } = data;
  const tell = (kind) => (...args) => self.postMessage({ kind, args: JSON.parse(JSON.stringify(args)) });
  const env = {
    ...project,
    fetchSync: fetcher(token),
    sheetsUrl: ours,
    properties: properties(project.spreadsheetId, token),
    ui: { toast: tell("toast"), showSidebar: tell("sidebar"), setMenu: tell("menu"), activate: tell("activate") },
    now: () => Date.now(),
    sleep: (milliseconds) => sleep(milliseconds, token),
  };
  self.postMessage({ kind: "done", args: [runExecution(env, call)] });
};
self.postMessage({ kind: "ready", args: [] });
