// Runs the plugin's own files: onOpen makes its menu, a click or an edit calls its functions, its page stands in the
// sidebar. Each execution is a worker of its own; one waits ready, so that a call need not wait for its start.

import { toast } from "./dom.js";
import { Sidebar } from "./sidebar.js";

const LIMIT = { trigger: 30_000, call: 360_000 }; // milliseconds, as at Google

export class PluginHost {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
    this.menus = [];
    this.running = 0;
    this.edits = Promise.resolve();
    this.sidebar = new Sidebar({
      words: app.words,
      run: (fn, args) => this.call(fn, args, false), // it shows its own progress, and looks again and again
      focus: () => app.grid.focus(),
    });
  }

  get present() {
    return Boolean(this.project?.files.length);
  }

  /** Does the plugin have a function of this name? */
  has(fn) {
    return this.present && this.project.files.some(({ source }) => new RegExp(`\\bfunction\\s+${fn}\\b`).test(source));
  }

  async start() {
    const { app } = this;
    const { files, html, manifest } = await app.api.plugin();
    const { locale, timeZone } = app.model.head.book;
    this.project = { files, html, manifest, spreadsheetId: app.api.workbook, locale, timeZone };
    this.project.user = { email: app.config.user };
    if (!this.present) return;
    this.spare = this.worker();
    if (this.has("onOpen")) await this.trigger("onOpen", { type: "open" });
  }

  worker() {
    return new Worker("/page/static/plugin_worker.js", { type: "module" });
  }

  /** A person's call: a menu entry, a button or the sidebar. @returns {Promise<any>} {value} or {error} */
  async call(fn, args = [], told = true) {
    const { app } = this;
    await app.history.line; // what was typed before the click is in the sheet
    if (told) app.busy(1);
    const result = await this.execute({ fn, args, authMode: "FULL", active: this.active() }, LIMIT.call);
    if (told) app.busy(-1);
    await app.refresh();
    return result;
  }

  /** As `call`, and tells a person what went wrong. */
  async press(fn) {
    const { error } = await this.call(fn);
    if (error) toast(error.message, this.app.words.failed, 10);
  }

  trigger(fn, event) {
    return this.execute({ fn, authMode: "LIMITED", event, active: this.active() }, LIMIT.trigger);
  }

  /** A person has edited. Executions come one after the other, in the order of the edits. */
  edited(event) {
    if (!this.has("onEdit")) return;
    this.edits = this.edits.then(async () => {
      const { error } = await this.trigger("onEdit", { type: "edit", ...event });
      if (error) console.warn(`onEdit: ${error.message}`);
      await this.app.refresh();
    });
  }

  active() {
    const { model, selection } = this.app;
    const { range } = selection;
    return {
      sheetId: model.head.sheetId,
      row: range.top + 1,
      column: range.left + 1,
      rows: range.bottom - range.top,
      columns: range.right - range.left,
    };
  }

  /** @returns {Promise<{value?: any, error?: {name: string, message: string}, logs: string[]}>} */
  execute(call, limit) {
    const worker = this.spare || this.worker();
    this.spare = this.worker();
    return new Promise((resolve) => {
      const end = (result) => {
        clearTimeout(timer);
        worker.terminate();
        (result.logs || []).forEach((text) => console.info(text));
        resolve(result);
      };
      const fail = (message) => end({ error: { name: "Error", message }, logs: [] });
      const timer = setTimeout(() => fail("Exceeded maximum execution time"), limit);
      worker.onerror = (event) => fail(event.message || "Error");
      worker.onmessage = ({ data: { kind, args } }) => {
        if (kind === "done") end(args[0]);
        else this.hear(kind, args);
      };
      worker.postMessage({ call, project: this.project, token: this.app.api.token });
    });
  }

  hear(kind, args) {
    if (kind === "toast") toast(args[0], args[1], args[2] ?? 5);
    else if (kind === "activate") this.activated(args[0]);
    else if (kind === "sidebar") this.sidebar.show(args[0], args[1]);
    else if (kind === "menu") {
      const [made] = args;
      const names = made.map((menu) => menu.caption);
      this.menus = [...this.menus.filter((menu) => !names.includes(menu.caption)), ...made];
      this.app.showMenus();
    }
  }

  /** A range that the script chose is chosen for the person too. */
  async activated({ sheetId, row, column, rows, columns }) {
    if (sheetId !== this.app.model.head.sheetId) await this.app.open(sheetId);
    const [top, left] = [row - 1, column - 1];
    this.app.selection.choose({ top, left, bottom: top + rows, right: left + columns });
  }

  /** The plugin's menus as the page's own menus are written. */
  entries(items) {
    return items.map((item) => {
      if (item.separator) return { line: true };
      if (item.items) return { label: item.caption, items: this.entries(item.items) };
      return { label: item.caption, run: () => this.press(item.fn) };
    });
  }
}
