// The menus, the row of buttons and the menu over the cells: all of them lead to the same actions.

import { boxName, cellName } from "./a1.js";
import { ask } from "./dialogs.js";
import { byId, element, fill } from "./dom.js";
import { MenuBar, openMenu } from "./menus.js";
import { resizable } from "./resize.js";

const BUTTON = "syncFromButton"; // what a drawn button of the template would be bound to
const FIELDS = {
  bold: "userEnteredFormat.textFormat.bold",
  italic: "userEnteredFormat.textFormat.italic",
  wrap: "userEnteredFormat.wrapStrategy",
  percent: "userEnteredFormat.numberFormat",
};

export class Tools {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
    this.words = app.words;
    this.bar = new MenuBar(byId("menus"));
    Object.assign(app, {
      openCellMenu: (x, y) => this.cellMenu(x, y),
      editNote: () => this.editNote(),
      toggle: (name) => this.toggle(name),
      fill: (dimension) => this.fill(dimension),
      tick: () => this.tick(),
      onward: (step) => step > 0 ? this.nextTab(1) : this.nextTab(-1),
    });
    resizable(app);
    this.buttons();
  }

  get range() {
    return this.app.selection.range;
  }

  show() {
    const { words, app } = this;
    const plugin = (app.plugin?.menus || []).map((menu) => ({
      label: menu.caption,
      entries: () => app.plugin.entries(menu.items),
    }));
    this.bar.show([
      { label: words.edit, entries: () => this.editMenu() },
      { label: words.insert, entries: () => this.insertMenu() },
      { label: words.format, entries: () => this.formatMenu() },
      { label: words.data, entries: () => this.dataMenu() },
      ...plugin,
      { label: words.help, entries: () => [{ label: words.keys, run: () => this.help() }] },
    ]);
    this.sync.hidden = !app.plugin?.has(BUTTON);
  }

  help() {
    return ask({ title: this.words.keys, text: this.words.keys_text, ok: this.words.ok }).then(() => this.app.grid.focus());
  }

  editMenu() {
    const { words, app } = this;
    return [
      { label: words.undo, hint: "Ctrl+Z", run: () => this.then(app.undo()), off: !app.history.done.length },
      { label: words.redo, hint: "Ctrl+Y", run: () => this.then(app.redo()), off: !app.history.undone.length },
      { line: true },
      { label: words.clear, hint: "Del", run: () => this.then(app.clear()) },
      { label: words.fill_down, hint: "Ctrl+D", run: () => this.then(this.fill("ROWS")) },
      { label: words.fill_right, hint: "Ctrl+R", run: () => this.then(this.fill("COLUMNS")) },
      { line: true },
      ...this.removals(),
    ];
  }

  removals() {
    const { words, app } = this;
    const { top, bottom, left, right } = this.range;
    const { rows, columns } = app.model.head;
    return [
      { label: words.delete_rows, off: bottom - top >= rows, run: () => this.lines("remove", "ROWS", top, bottom) },
      { label: words.delete_columns, off: right - left >= columns, run: () => this.lines("remove", "COLUMNS", left, right) },
    ];
  }

  insertMenu() {
    const { words } = this;
    const { top, bottom, left, right } = this.range;
    const one = (dimension, start, at, size) => this.lines("insert", dimension, at, at + size);
    return [
      { label: words.row_above, run: () => one("ROWS", top, top, bottom - top) },
      { label: words.row_below, run: () => one("ROWS", top, bottom, bottom - top) },
      { label: words.column_left, run: () => one("COLUMNS", left, left, right - left) },
      { label: words.column_right, run: () => one("COLUMNS", left, right, right - left) },
      { line: true },
      { label: words.edit_note, hint: "Shift+F2", run: () => this.editNote() },
    ];
  }

  formatMenu() {
    const { words } = this;
    const { top, bottom, left, right } = this.range;
    return [
      { label: words.bold, hint: "Ctrl+B", run: () => this.then(this.toggle("bold")) },
      { label: words.italic, hint: "Ctrl+I", run: () => this.then(this.toggle("italic")) },
      { label: words.wrap, run: () => this.then(this.toggle("wrap")) },
      { label: words.percent, run: () => this.then(this.toggle("percent")) },
      { line: true },
      { label: this.merged ? words.unmerge : words.merge, off: !this.merged && boxName(this.range) === cellName(top, left), run: () => this.merge() },
      { line: true },
      { label: words.hide_rows, run: () => this.hide("ROWS", top, bottom, true) },
      { label: words.hide_columns, run: () => this.hide("COLUMNS", left, right, true) },
      { label: words.show_rows, run: () => this.hide("ROWS", top, bottom + 1, false) },
      { label: words.show_columns, run: () => this.hide("COLUMNS", left, right + 1, false) },
    ];
  }

  dataMenu() {
    const { words } = this;
    return [
      { label: words.sort_up, run: () => this.sort(true) },
      { label: words.sort_down, run: () => this.sort(false) },
    ];
  }

  cellMenu(x, y) {
    const { app } = this;
    const cell = app.grid.cellAt(app.selection.active.row, app.selection.active.column)?.getBoundingClientRect();
    const entries = [...this.insertMenu(), { line: true }, ...this.removals(), { line: true }, ...this.dataMenu()];
    const at = { x: x ?? cell.left + 8, y: y ?? cell.bottom, label: this.words.cells };
    openMenu(entries, { ...at, back: () => app.grid.focus() });
  }

  /** The row of buttons; one of them is in the tab order, arrow keys lead to the others. */
  buttons() {
    const { words, app } = this;
    const place = byId("toolbar");
    const icon = (name, label, run) => {
      const made = element("button", `icon i-${name}`);
      made.type = "button";
      made.title = label;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => this.then(run()));
      return made;
    };
    this.sync = element("button", "main sync", words.sync_now);
    this.sync.type = "button";
    this.sync.hidden = true;
    this.sync.addEventListener("click", () => this.then(app.plugin.press(BUTTON)));
    place.append(
      icon("undo", words.undo, () => app.undo()),
      icon("redo", words.redo, () => app.redo()),
      element("i", "gap"),
      icon("bold", words.bold, () => this.toggle("bold")),
      icon("italic", words.italic, () => this.toggle("italic")),
      icon("wrap", words.wrap, () => this.toggle("wrap")),
      icon("percent", words.percent, () => this.toggle("percent")),
      element("i", "gap"),
      icon("up", words.sort_up, () => this.sort(true)),
      icon("down", words.sort_down, () => this.sort(false)),
      icon("row", words.row_below, () => this.lines("insert", "ROWS", this.range.bottom, this.range.bottom + 1)),
      icon("note", words.edit_note, () => this.editNote()),
      element("i", "space"),
      this.sync,
    );
    this.roving(place);
  }

  roving(place) {
    const all = () => [...place.querySelectorAll("button")].filter((one) => !one.hidden);
    all().forEach((one, each) => (one.tabIndex = each ? -1 : 0));
    this.sync.tabIndex = 0;
    place.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const [items, here] = [all(), all().indexOf(document.activeElement)];
      items[(here + step + items.length) % items.length].focus();
      event.preventDefault();
    });
  }

  async then(work) {
    this.app.grid.focus();
    await work;
  }

  // actions

  lines(what, dimension, start, end) {
    const { app } = this;
    const { rows, columns } = app.model.head;
    const box = dimension === "ROWS" ? { top: start, bottom: end, left: 0, right: columns } : { top: 0, bottom: rows, left: start, right: end };
    const guarded = what === "remove" ? box : { top: 0, bottom: 0, left: 0, right: 0 };
    return app.perform(app.commands[what](dimension, start, end - start), guarded);
  }

  hide(dimension, start, end, hidden) {
    const { app } = this;
    const from = hidden ? start : Math.max(0, start - 1);
    const limit = dimension === "ROWS" ? app.model.head.rows : app.model.head.columns;
    const size = Math.min(end, limit) - from;
    return app.perform(app.commands.resize(dimension, from, size, { hiddenByUser: hidden }), { top: 0, bottom: 0, left: 0, right: 0 });
  }

  /** One cell stands for the whole table below the frozen rows, sorted by that cell's column. */
  sort(upwards) {
    const { app } = this;
    const { frozenRows } = app.model.head;
    const used = app.model.used();
    const { active } = app.selection;
    const single = boxName(this.range) === cellName(active.row, active.column);
    const whole = { top: frozenRows, bottom: used.bottom, left: 0, right: used.right };
    const box = single ? whole : { ...this.range, top: Math.max(this.range.top, Math.min(frozenRows, this.range.bottom - 1)), bottom: Math.min(this.range.bottom, Math.max(used.bottom, this.range.top + 1)) };
    return app.perform(app.commands.sort(box, single ? active.column : box.left, upwards), box);
  }

  fill(dimension) {
    const { app, range } = this;
    const size = dimension === "ROWS" ? range.bottom - range.top : range.right - range.left;
    return size > 1 ? app.perform(app.commands.fill(range, dimension), range, true) : undefined;
  }

  get merged() {
    const { row, column } = this.app.selection.active;
    return this.app.model.mergeAt(row, column);
  }

  merge() {
    const { app } = this;
    const box = this.merged || this.range;
    return app.perform(app.commands.merge(box, Boolean(this.merged)), box);
  }

  /** Turn a kind of format on, or off where the active cell has it. */
  toggle(name) {
    const { app } = this;
    const { row, column } = app.selection.active;
    const { css, wrap } = app.model.head.styles[app.model.cell(row, column).style];
    const formats = {
      bold: { textFormat: { bold: !css.includes("font-weight") } },
      italic: { textFormat: { italic: !css.includes("font-style") } },
      wrap: { wrapStrategy: wrap === "wrap" ? "OVERFLOW_CELL" : "WRAP" },
      percent: { numberFormat: { type: "PERCENT", pattern: "0.##%" } },
    };
    return app.perform(app.commands.format(this.range, formats[name], FIELDS[name]), this.range);
  }

  /** A checkbox in the active cell changes over. @returns {boolean} whether there is one */
  tick() {
    const { app } = this;
    const { row, column } = app.selection.active;
    const rule = app.model.rule(row, column);
    if (rule?.kind !== "checkbox") return false;
    const [yes, no] = rule.options;
    app.commit(row, column, app.model.cell(row, column).input === yes ? (no ?? "") : yes, app.model);
    return true;
  }

  async editNote() {
    const { app, words } = this;
    const { row, column } = app.selection.active;
    const { note } = app.model.cell(row, column);
    const title = fill(words.note_of, { cell: cellName(row, column) });
    const text = await ask({ title, field: note, ok: words.ok, cancel: words.cancel });
    app.grid.focus();
    if (text === null || text === note) return;
    const box = { top: row, bottom: row + 1, left: column, right: column + 1 };
    await app.perform(app.commands.note(box, String(text)), box);
  }

  nextTab(step) {
    const shown = this.app.model.head.book.tabs.filter((tab) => !tab.hidden);
    const here = shown.findIndex((tab) => tab.sheetId === this.app.model.head.sheetId);
    return this.app.open(shown[(here + step + shown.length) % shown.length].sheetId);
  }
}
