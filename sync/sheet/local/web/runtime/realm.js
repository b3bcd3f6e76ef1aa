// Where the project's files are evaluated: all in one scope, as Google does it, and a new one for each execution.

// What a worker or a page offers and Google does not: hidden, so that a file that leans on it fails here too.
const HIDDEN = [
  ..."fetch XMLHttpRequest WebSocket Worker importScripts setTimeout setInterval clearTimeout clearInterval".split(" "),
  ..."requestAnimationFrame queueMicrotask self window document location navigator localStorage indexedDB".split(" "),
  ..."postMessage crypto process require module exports Buffer performance structuredClone URL btoa atob".split(" "),
  ..."TextEncoder TextDecoder AbortController caches globalThis".split(" "),
];

/** Evaluates the files in a closure of this very realm; `evaluate` runs code inside it. */
export function openRealm(files, globals) {
  const names = Object.keys(globals);
  const hidden = HIDDEN.filter((name) => !names.includes(name));
  const source = files.map((file) => `/* ${file.name} */\n${file.source}`).join("\n;\n");
  // eslint-disable-next-line no-new-func -- evaluating the project is what this file is for
  const open = new Function(...names, ...hidden, `${source}\n;return function (code) { return eval(code); };`);
  const evaluate = open(...names.map((name) => globals[name]));
  return { evaluate, Error, Date, Array };
}
