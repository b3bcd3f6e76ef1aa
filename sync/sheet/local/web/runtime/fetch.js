// UrlFetchApp over `env.fetchSync`, with the habits of Google's: it throws from 400 on unless muted, follows redirects
// unless told not to, sends an object as a form, and takes the content type from `contentType` alone.

const URL_LIMIT = 2048;
const METHODS = ["get", "post", "put", "delete", "patch"];
const FORM = "application/x-www-form-urlencoded";

export function urlFetchApp({ env, guard }) {
  return {
    fetch: (url, options = {}) => {
      guard.allow("fetch", "UrlFetchApp.fetch");
      guard.ensure(String(url).length <= URL_LIMIT, "Limit Exceeded: URLFetch URL Length.");
      const method = String(options.method || "get").toLowerCase();
      guard.ensure(METHODS.includes(method), `Attribute provided with invalid value: method`);
      const answer = sent(env, guard, String(url), method.toUpperCase(), options);
      if (answer.status >= 400 && !options.muteHttpExceptions) throw guard.exception(truncated(url, answer));
      return new Response(answer);
    },
  };
}

function sent(env, guard, url, method, options) {
  const body = bodyOf(options.payload);
  const given = Object.entries(options.headers || {}).filter(([name]) => name.toLowerCase() !== "content-type");
  const type = options.contentType || (body === "" ? null : FORM);
  const headers = { ...Object.fromEntries(given), ...(type ? { "Content-Type": type } : {}) };
  let at = url;
  for (let jumps = 0; jumps < 20; jumps += 1) {
    const answer = asked(env, guard, at, method, headers, body);
    const next = header(answer.headers, "location");
    if (answer.status < 300 || answer.status >= 400 || !next || options.followRedirects === false) return answer;
    at = next;
  }
  throw guard.exception(`Too many redirects: ${url}`);
}

function asked(env, guard, url, method, headers, body) {
  try {
    return env.fetchSync(method, url, headers, body);
  } catch (error) {
    throw guard.exception(`Address unavailable: ${url}`);
  }
}

function bodyOf(payload) {
  if (payload === undefined || payload === null) return "";
  if (typeof payload === "string") return payload;
  return Object.entries(payload).map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
}

function header(headers, name) {
  const found = Object.entries(headers || {}).find(([key]) => key.toLowerCase() === name);
  return found && found[1];
}

function truncated(url, answer) {
  const host = /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] || url;
  const start = answer.text.slice(0, 150);
  return `Request failed for ${host} returned code ${answer.status}. Truncated server response: ${start}`;
}

class Response {
  #answer;

  constructor(answer) {
    this.#answer = answer;
  }

  getResponseCode() { return this.#answer.status; }
  getContentText() { return this.#answer.text; }
  getHeaders() { return { ...this.#answer.headers }; }
  getAllHeaders() { return this.getHeaders(); }
}
