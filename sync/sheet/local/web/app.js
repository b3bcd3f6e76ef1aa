// The page as a whole: which tab is shown, what is typed into it, and how others' changes come in.

import { Api } from "./api.js";
import { boxOf, cellName, boxName, gridRange, readBox } from "./a1.js";
import { Charts } from "./charts.js";
import { Clipboard } from "./clipboard.js";
import { Commands } from "./commands.js";
import { ask } from "./dialogs.js";
import { byId, fill, toast } from "./dom.js";
import { Editor } from "./editor.js";
import { Grid } from "./grid.js";
import { History } from "./history.js";
import { TabModel } from "./model.js";
import { Notes } from "./notes.js";
import { revealRow, sees } from "./reveal.js";
import { Selection } from "./selection.js";

const POLL = 700; // milliseconds between two questions after the revision

export class App {
  /** @param {any} config what the server wrote into the page @param {Record<string, string>} words */
  constructor(config, words) {
    this.config = config;
    this.words = words;
    this.api = new Api(config);
    this.history = new History(this.api);
    this.grid = new Grid(byId("sheet"), { words });
    /** @type {Map<number, {range: any, top: number, left: number}>} where the person was in each tab */
    this.places = new Map();
    this.allowed = new Set();
    this.working = 0;
    /** @type {any} what others hang in here: the tab bar, the menus, the plugin, the cells' own actions */
    this.onTabs = this.showMenus = this.plugin = null;
    this.day = new Date().toDateString();
  }

  get model() {
    return this.grid.model;
  }

  async start() {
    const first = new TabModel(await this.api.tab(this.config.tab));
    this.grid.model = first;
    this.selection = new Selection(this.grid, () => this.moved());
    this.editor = new Editor(this.grid, {
      words: this.words,
      commit: (row, column, text, model) => this.commit(row, column, text, model),
      move: (rows, columns) => this.selection.step(rows, columns),
      say: (text) => toast(text),
    });
    this.notes = new Notes(this.grid);
    this.charts = new Charts(this.grid, this.api, this.words);
    this.clipboard = new Clipboard(this);
    this.shown(first);
    this.status(this.words.saved);
    setInterval(() => this.poll(), POLL);
  }

  /** Put a tab's model on the screen. */
  shown(model) {
    this.commands = new Commands(this.api, model);
    this.grid.show(model);
    const place = this.places.get(model.head.sheetId);
    this.grid.scroller.scrollTo(place?.left || 0, place?.top || 0);
    const top = model.shown.find((row) => row >= model.head.frozenRows) ?? 0;
    const left = model.columns[0]?.column ?? 0;
    this.selection.choose(place?.range || { top, bottom: top + 1, left, right: left + 1 });
    this.charts.show(model);
    this.onTabs?.();
  }

  /** @param {number} sheetId */
  async open(sheetId) {
    if (sheetId === this.model.head.sheetId) return;
    if (this.editor.isOpen) this.editor.close(true);
    const { scrollTop: top, scrollLeft: left } = this.grid.scroller;
    this.places.set(this.model.head.sheetId, { range: this.selection.range, top, left });
    this.shown(new TabModel(await this.api.tab(sheetId)));
    history.replaceState(null, "", `?tab=${sheetId}`);
  }

  /** Go to a place by its name: a cell, a range or a named range, as typed into the box above the cells. */
  async goTo(text) {
    const { book, rows, columns } = this.model.head;
    const box = readBox(text);
    const named = book.names.find((one) => one.name.toLowerCase() === text.trim().toLowerCase());
    if (box) this.selection.choose(box);
    else if (named) {
      await this.open(named.range.sheetId || 0);
      this.selection.choose(boxOf(named.range, rows, columns));
    } else toast(fill(this.words.unknown_place, { text }));
  }

  moved() {
    const { active, range } = this.selection;
    const single = this.model.merges.some((one) => boxName(one) === boxName(range)) || boxName(range) === cellName(active.row, active.column);
    byId("where").value = single ? cellName(active.row, active.column) : boxName(range);
    const size = { rows: range.bottom - range.top, columns: range.right - range.left };
    byId("sum").textContent = single ? "" : fill(this.words.chosen, size);
    this.editor?.show();
    this.notes?.follow();
  }

  // what a person does

  /** One cell was typed. It is shown at once and corrected by the answer. */
  commit(row, column, text, model) {
    const box = { top: row, bottom: row + 1, left: column, right: column + 1 };
    const cell = model === this.model ? this.grid.cellAt(row, column) : null;
    if (cell && !cell.firstElementChild) cell.textContent = text;
    return this.typeBox(box, [[text]], model);
  }

  /** @param {import("./a1.js").Box} box @param {string[][]} texts */
  typeBox(box, texts, model = this.model) {
    const commands = new Commands(this.api, model);
    return this.perform(commands.type(box, texts), box, true, model);
  }

  clear() {
    return this.perform(this.commands.clear(this.selection.range), this.selection.range, true);
  }

  /**
   * Do a step that can be undone; `box` is what it writes to.
   * @param {import("./history.js").Step} step @param {import("./a1.js").Box} box
   * @param {boolean} [edited] whether the plugin's onEdit hears of it
   */
  async perform(step, box, edited = false, model = this.model) {
    if (!(await this.mayWrite(box, model))) {
      this.grid.redraw(null);
      return;
    }
    this.busy(1, this.words.saving);
    try {
      await this.history.perform(step);
      if (edited) this.tellPlugin(step, box, model);
    } catch (fault) {
      toast(fault.message || this.words.away, this.words.failed, 10);
    }
    this.busy(-1);
    await this.refresh();
  }

  /** A protected range is asked about once for each visit, as a warning: the person at this machine owns the sheet. */
  async mayWrite(box, model) {
    const fence = model.fence(box);
    const key = fence && `${model.head.sheetId} ${fence.box}`;
    if (!fence || this.allowed.has(key)) return true;
    const { protected_title: title, protected: text, change_anyway: ok, cancel } = this.words;
    if (!(await ask({ title, text: [fence.text, text].filter(Boolean).join("\n"), ok, cancel }))) return false;
    this.allowed.add(key);
    return true;
  }

  tellPlugin(step, box, model) {
    const event = {
      sheetId: model.head.sheetId,
      row: box.top + 1,
      column: box.left + 1,
      rows: box.bottom - box.top,
      columns: box.right - box.left,
    };
    this.plugin?.edited({ ...event, ...step.told });
  }

  /** Add the rows and columns that a pasted block needs. @param {import("./a1.js").Box} box */
  async widen(box) {
    const { rows, columns, sheetId } = this.model.head;
    const lacking = { ROWS: box.bottom - rows, COLUMNS: box.right - columns };
    const requests = Object.entries(lacking)
      .filter(([, length]) => length > 0)
      .map(([dimension, length]) => ({ appendDimension: { sheetId, dimension, length } }));
    if (!requests.length) return;
    await this.api.batch(requests);
    await this.refresh();
  }

  async undo() {
    await this.turn(() => this.history.undo(), this.words.undone, this.words.nothing_undo);
  }

  async redo() {
    await this.turn(() => this.history.redo(), this.words.redone, this.words.nothing_redo);
  }

  async turn(work, done, nothing) {
    try {
      this.said = (await work()) ? done : nothing;
    } catch (fault) {
      toast(fault.message || this.words.away, this.words.failed, 10);
    }
    await this.refresh();
    if (this.said) this.status(this.said);
    this.said = "";
  }

  // what others do

  async poll() {
    if (document.hidden || this.refreshing) return;
    try {
      const revision = await this.api.revision();
      if (this.isAway) this.status(this.words.saved);
      this.isAway = false;
      const day = new Date().toDateString(); // TODAY() in a light changes without anybody's write
      if (revision !== this.model.revision || day !== this.day) await this.refresh();
      this.day = day;
    } catch {
      this.isAway = true;
      this.status(this.words.away, true);
    }
  }

  /** Bring the shown tab up to date; what is being typed stays as it is. */
  refresh() {
    this.refreshing = (this.refreshing || Promise.resolve()).then(() => this.bring()).catch(() => {});
    const mine = this.refreshing;
    return mine.finally(() => {
      if (this.refreshing === mine) this.refreshing = null;
    });
  }

  async bring() {
    const { model } = this;
    const before = JSON.stringify(model.head.charts);
    const message = await this.api.tab(model.head.sheetId, model.revision).catch((fault) => {
      if (fault.status !== 404) throw fault;
      return null;
    });
    if (model !== this.model) return;
    if (!message) {
      const other = model.head.book.tabs.find((tab) => !tab.hidden && tab.sheetId !== model.head.sheetId);
      this.shown(new TabModel(await this.api.tab(other.sheetId)));
      return;
    }
    const held = this.grid.firstSeen();
    const { row } = this.selection.active;
    const height = model.rowHeight(row);
    const changed = model.take(message);
    this.grid.redraw(changed, held);
    if (model.rowHeight(row) > height && sees(this.grid, row)) revealRow(this.grid, row); // it grew beyond the edge
    this.editor.show();
    this.editor.position();
    if (this.notes.box.textContent !== this.noteHere()) this.notes.follow();
    if (model.head.charts.length || before !== "[]") this.charts.show(model);
    byId("title").textContent = model.head.book.title;
    this.onTabs?.();
  }

  noteHere() {
    const { row, column } = this.selection.active;
    return this.notes.text(row, column);
  }

  /** @param {1 | -1} step */
  busy(step, text = this.words.working) {
    this.working += step;
    this.status(this.working ? text : this.words.saved);
  }

  status(text, warning = false) {
    const place = byId("saved");
    place.textContent = text;
    place.classList.toggle("warning", warning);
  }

  get whole() {
    return gridRange(this.model.head.sheetId, this.selection.range);
  }
}
