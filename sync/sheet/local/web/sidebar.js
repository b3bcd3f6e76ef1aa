// The plugin's sidebar: a frame without an origin beside the cells. It talks by messages only, and only it is heard.

import { byId, element } from "./dom.js";

export class Sidebar {
  /** @param {{words: any, run: (fn: string, args: unknown[]) => Promise<any>, focus: () => void}} options */
  constructor({ words, run, focus }) {
    this.words = words;
    this.run = run;
    this.focus = focus;
    this.shim = "";
    this.side = byId("side");
    window.addEventListener("message", (event) => this.hear(event));
  }

  /** @param {string} html @param {string} title */
  async show(html, title) {
    this.shim ||= await (await fetch("/page/static/runtime/script_run.js")).text();
    const head = element("div", "side-head");
    const name = element("h2", "", title || "");
    const close = element("button", "icon", "×");
    close.type = "button";
    close.setAttribute("aria-label", this.words.close);
    close.addEventListener("click", () => this.close());
    head.append(name, close);
    this.frame = element("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts allow-forms");
    this.frame.title = title || this.words.sidebar;
    this.page = withShim(html, this.shim);
    this.frame.src = "/page/static/sidebar.html";
    this.side.setAttribute("aria-label", title || this.words.sidebar);
    this.side.replaceChildren(head, this.frame);
    this.side.hidden = false;
  }

  close() {
    this.side.hidden = true;
    this.side.replaceChildren();
    this.frame = null;
    this.focus();
  }

  /** @param {MessageEvent} event */
  async hear(event) {
    const frame = this.frame?.contentWindow;
    if (!frame || event.source !== frame) return;
    const { ready, close, focus, id, fn, args } = event.data || {};
    if (ready && this.page) {
      frame.postMessage({ page: this.page }, "*");
      this.page = "";
    } else if (close) this.close();
    else if (focus) this.focus();
    else if (typeof fn === "string" && id !== undefined) {
      const { value, error } = await this.run(fn, Array.isArray(args) ? args : []);
      frame.postMessage(error ? { id, error } : { id, value }, "*");
    }
  }
}

/** google.script.run before anything of the page's own. */
function withShim(html, shim) {
  const script = `<script>${shim}</script>`;
  if (/<head[^>]*>/i.test(html)) return html.replace(/<head[^>]*>/i, (head) => head + script);
  return `<!doctype html>${script}${html}`;
}
