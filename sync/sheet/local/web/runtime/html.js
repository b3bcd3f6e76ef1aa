// HtmlService: templates with <? ?>, <?= ?> (escaped) and <?!= ?> (as it is), evaluated inside the project's scope.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const TAG = /<\?(!?=|)([\s\S]*?)\?>/g;

export function htmlService({ env, guard, realm }) {
  const source = (name) => {
    const found = env.html[name] ?? env.html[name.replace(/\.html$/, "")];
    guard.ensure(found !== undefined, `No HTML file named ${name} was found.`);
    return found;
  };
  return {
    createHtmlOutput: (html = "") => new HtmlOutput(html),
    createHtmlOutputFromFile: (name) => new HtmlOutput(source(name)),
    createTemplate: (html) => new HtmlTemplate(html, realm),
    createTemplateFromFile: (name) => new HtmlTemplate(source(name), realm),
    XFrameOptionsMode: { ALLOWALL: "ALLOWALL", DEFAULT: "DEFAULT" },
    SandboxMode: { IFRAME: "IFRAME" },
  };
}

/** A template: what is set on it is a variable inside it. */
class HtmlTemplate {
  #source;
  #realm;

  constructor(source, realm) {
    this.#source = source;
    this.#realm = realm;
  }

  evaluate() {
    const names = Object.keys(this);
    const code = `(function (__out, __safe${names.map((name) => `, ${name}`).join("")}) {\n${compiled(this.#source)}\n})`;
    const parts = [];
    this.#realm().evaluate(code)((text) => parts.push(text), escaped, ...names.map((name) => this[name]));
    return new HtmlOutput(parts.join(""));
  }

  getRawContent() { return this.#source; }
}

class HtmlOutput {
  #html;
  #title = "";

  constructor(html) {
    this.#html = String(html);
  }

  getContent() { return this.#html; }
  getTitle() { return this.#title; }

  setTitle(title) {
    this.#title = String(title);
    return this;
  }

  append(html) {
    this.#html += String(html);
    return this;
  }

  // Said for Google's sake; our page decides these itself.
  setWidth() { return this; }
  setHeight() { return this; }
  setSandboxMode() { return this; }
  setXFrameOptionsMode() { return this; }
  addMetaTag() { return this; }
}

function compiled(source) {
  const lines = [];
  let end = 0;
  for (const found of source.matchAll(TAG)) {
    lines.push(`__out(${JSON.stringify(source.slice(end, found.index))});`);
    lines.push({ "": found[2], "=": `__out(__safe(${found[2]}));`, "!=": `__out(String(${found[2]}));` }[found[1]]);
    end = found.index + found[0].length;
  }
  lines.push(`__out(${JSON.stringify(source.slice(end))});`);
  return lines.join("\n");
}

function escaped(value) {
  return String(value).replace(/[&<>"']/g, (char) => ESCAPES[char]);
}
