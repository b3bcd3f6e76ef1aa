// One execution of a bound Apps Script project, as Google would run it: fresh globals, one authorisation mode, writes
// that wait until they are asked for, and the rules that Google enforces. Nothing here knows a browser or Node: what
// touches the outside comes in with `env`.

import { Book } from "./book.js";
import { eventFor } from "./event.js";
import { Guard } from "./guard.js";
import { openRealm } from "./realm.js";
import { services } from "./services.js";
import { jsonLike } from "./values.js";

const NAME = /^[A-Za-z$][\w$]*$/;

/**
 * Runs one function of the project.
 *
 * env: {files: [{name, source}], html: {name: source}, manifest, spreadsheetId, locale, timeZone, sheetsUrl,
 *   fetchSync(method, url, headers, bodyText) -> {status, headers, text}, properties: {load(kind), save(kind, object)},
 *   ui: {toast, showSidebar, setMenu}, user: {email, locale?}, now(), and optionally sleep(ms), uuid(),
 *   openRealm(files, globals) -> {evaluate(code), Error, Date}}
 * call: {fn, args?, authMode? = "FULL", event?, active?}; with an event it is a trigger, else a menu or a page's call.
 * Returns {value | error: {name, message, stack}, logs: [text]}.
 */
export function runExecution(given, { fn, args = [], authMode = "FULL", event = null, active = null }) {
  const logs = [];
  const env = { ...given, now: () => Number(given.now()) }; // milliseconds, or a Date
  const guard = new Guard(env, authMode, event !== null);
  const book = new Book(env, guard, active || (event && event.sheetId !== undefined ? event : null));
  const globals = services({ env, guard, book, logs, realm: () => realm });
  let realm = null;
  try {
    realm = (env.openRealm || openRealm)(env.files, globals);
    guard.realm = realm;
    const called = publicFunction(env.files, realm, fn);
    const given = event ? [eventFor(event, globals, guard)] : jsonLike(args, "argument", realm);
    const value = called(...given);
    book.flush();
    return { value: event ? null : jsonLike(value === undefined ? null : value, "result", globalThis), logs };
  } catch (error) {
    try {
      book.flush(); // what was written before the error stays written, as with Google
    } catch (later) {
      logs.push(String(later));
    }
    return { error: told(error), logs };
  }
}

/** A function that a file declares and that may be called from outside: `eval`, say, is a function too. */
function publicFunction(files, realm, fn) {
  const declared = NAME.test(fn) && files.some(({ source }) => source.includes(`function ${fn}(`));
  const called = declared && !fn.endsWith("_") ? realm.evaluate(`typeof ${fn} === "function" ? ${fn} : null`) : null;
  if (!called) throw new realm.Error(`Script function not found: ${fn}`);
  return called;
}

function told(error) {
  if (error === null || typeof error !== "object") return { name: "Error", message: String(error), stack: "" };
  return { name: error.name || "Error", message: String(error.message), stack: String(error.stack || "") };
}
