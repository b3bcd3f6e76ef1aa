// Typing into a cell: a field over the cell, the choices of a drop-down, and the formula bar, which shows the same text.

import { cellName } from "./a1.js";
import { byId, element, fill } from "./dom.js";

const MOST = 200; // choices that are shown at once

export class Editor {
  /**
   * @param {import("./grid.js").Grid} grid
   * @param {{words: any, commit: (row: number, column: number, text: string, model: any) => void,
   *   move: (rows: number, columns: number) => void, say: (text: string) => void}} options
   */
  constructor(grid, options) {
    this.grid = grid;
    this.options = options;
    this.field = element("textarea", "editor");
    this.field.rows = 1;
    this.field.spellcheck = false;
    this.field.hidden = true;
    this.list = element("ul", "choices");
    this.list.id = "choices";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", options.words.choices);
    this.list.hidden = true;
    byId("sheet").append(this.field, this.list);
    this.bar = byId("formula");
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.typed(this.field, this.bar));
    this.field.addEventListener("blur", (event) => this.left(event));
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.bar.addEventListener("focus", () => this.open() && this.place.row >= 0 && this.dim());
    this.bar.addEventListener("input", () => this.typed(this.bar, this.field));
    this.bar.addEventListener("blur", (event) => this.left(event));
    this.list.addEventListener("mousedown", (event) => this.pick(event));
    grid.scroller.addEventListener("scroll", () => this.position());
  }

  get isOpen() {
    return Boolean(this.place);
  }

  dim() {
    this.field.classList.add("mirror");
  }

  /**
   * Begin to edit the active cell. @param {string} [text] what replaces its text
   * @param {{choose?: boolean}} [how] open the choices at once
   */
  open(text, { choose = false } = {}) {
    if (this.place) return true;
    const { row, column } = this.grid.active;
    this.model = this.grid.model;
    this.place = { row, column };
    this.before = this.model.cell(row, column).input;
    this.rule = this.model.rule(row, column);
    this.field.value = text ?? this.before;
    this.bar.value = this.field.value;
    this.field.setAttribute("aria-label", cellName(row, column));
    this.field.classList.remove("mirror");
    this.field.hidden = false;
    this.fresh = text !== undefined;
    this.position();
    if (document.activeElement !== this.bar) {
      this.field.focus({ preventScroll: true });
      this.field.setSelectionRange(this.field.value.length, this.field.value.length);
    }
    if (this.rule?.kind === "list" && (choose || text !== undefined)) this.offer(choose ? "" : text);
    return true;
  }

  /** Lay the field over its cell; where the cell is not drawn, it stays where it was. */
  position() {
    if (!this.place) return;
    const cell = this.grid.cellAt(this.place.row, this.place.column);
    if (!cell) return;
    const [at, home] = [cell.getBoundingClientRect(), byId("sheet").getBoundingClientRect()];
    const { style } = this.field;
    style.left = `${at.left - home.left - 1}px`;
    style.top = `${at.top - home.top - 1}px`;
    style.minWidth = `${at.width + 2}px`;
    style.minHeight = `${at.height + 2}px`;
    style.maxWidth = `${Math.max(at.width + 2, home.right - at.left - 4)}px`;
    this.list.style.minWidth = `${at.width}px`;
    const most = home.width - this.list.offsetWidth - 4; // it stays within the window
    this.list.style.left = `${Math.min(at.left - home.left, most)}px`;
    const below = at.bottom - home.top;
    const room = home.height - below;
    const up = room < 160 && at.top - home.top > room;
    this.list.style.top = up ? "" : `${below}px`;
    this.list.style.bottom = up ? `${home.bottom - at.top}px` : "";
    this.list.style.maxHeight = `${Math.max(80, Math.min(320, (up ? at.top - home.top : room) - 8))}px`;
    this.grow();
  }

  grow() {
    const { style } = this.field;
    style.width = "0";
    style.height = "0";
    style.width = `${this.field.scrollWidth + 14}px`;
    style.height = `${this.field.scrollHeight}px`;
  }

  typed(from, to) {
    if (!this.place) this.open();
    to.value = from.value;
    this.grow();
    if (this.rule?.kind === "list") this.offer(from.value);
  }

  /**
   * Show the choices that hold this text: the very one first, then those that begin with it. Where other texts are
   * fine too, Enter takes only what begins with the text, not what merely holds it.
   */
  offer(text) {
    const wanted = text.trim().toLocaleLowerCase();
    const rank = (one) => {
      const at = one.toLocaleLowerCase().indexOf(wanted);
      return at < 0 ? 3 : at > 0 ? 2 : Number(one.length > wanted.length);
    };
    const fitting = this.rule.options.filter((one) => rank(one) < 3);
    fitting.sort((a, b) => rank(a) - rank(b)).splice(MOST);
    const taken = fitting.length && (this.rule.strict || rank(fitting[0]) < 2) ? 0 : -1;
    this.list.replaceChildren(...fitting.map((one, place) => this.choice(one, place)));
    this.list.hidden = fitting.length === 0;
    this.field.setAttribute("role", "combobox");
    this.field.setAttribute("aria-controls", "choices");
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark(wanted ? taken : fitting.indexOf(this.before));
    this.position();
  }

  choice(text, place) {
    const item = element("li", "", text);
    item.id = `choice-${place}`;
    item.setAttribute("role", "option");
    return item;
  }

  mark(place) {
    this.marked = place;
    [...this.list.children].forEach((item, each) => {
      item.setAttribute("aria-selected", String(each === place));
      if (each === place) item.scrollIntoView({ block: "nearest" });
    });
    if (place >= 0) this.field.setAttribute("aria-activedescendant", `choice-${place}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  pick(event) {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item) this.close(true, 0, 0, item.textContent);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    const { key } = event;
    const choosing = !this.list.hidden;
    const stop = () => event.preventDefault();
    event.stopPropagation();
    if (choosing && (key === "ArrowDown" || key === "ArrowUp")) {
      stop();
      const size = this.list.children.length;
      this.mark(key === "ArrowDown" ? (this.marked + 1) % size : (Math.max(this.marked, 0) + size - 1) % size);
    } else if (key === "Escape") {
      stop();
      if (choosing && this.field.value !== this.before) this.list.hidden = true; // what was typed is kept, as typed
      else this.close(false);
    } else if (key === "Enter" && (event.altKey || event.ctrlKey)) {
      stop();
      this.breakLine(event.target);
    } else if (key === "Enter") {
      stop();
      this.close(true, event.shiftKey ? -1 : 1, 0, this.chosen());
    } else if (key === "Tab") {
      stop();
      this.close(true, 0, event.shiftKey ? -1 : 1, this.chosen());
    } else if (this.fresh && key.startsWith("Arrow") && event.target === this.field) {
      stop();
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
      this.close(true, step[0], step[1]);
    }
  }

  /** @param {any} field the one of the two fields that has the focus */
  breakLine(field) {
    field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
    this.typed(field, field === this.bar ? this.field : this.bar);
  }

  /** The marked choice, when one is marked. */
  chosen() {
    return this.list.hidden || this.marked < 0 ? undefined : this.list.children[this.marked]?.textContent;
  }

  left(event) {
    if (!this.place || event.relatedTarget === this.bar || event.relatedTarget === this.field) return;
    if (!document.hasFocus()) return; // the window lost it, not the field
    this.close(true, 0, 0, undefined, false);
  }

  /** End the edit; what breaks a strict rule is not taken. */
  close(keep, rows = 0, columns = 0, text = this.field.value, focus = true) {
    if (!this.place) {
      if (focus) this.grid.focus();
      return;
    }
    if (keep && text !== this.before && this.refused(text)) {
      this.options.say(this.rule.message || fill(this.options.words.refused, { text }));
      keep = false;
    }
    const { row, column } = this.place;
    this.place = null;
    this.field.hidden = true;
    this.list.hidden = true;
    this.field.removeAttribute("role");
    this.bar.value = keep ? text : this.before;
    if (keep && text !== this.before) this.options.commit(row, column, text, this.model);
    if (rows || columns) this.options.move(rows, columns);
    else if (focus) this.grid.focus();
  }

  refused(text) {
    const { rule } = this;
    return Boolean(text && rule?.strict && rule.kind === "list" && !rule.options.includes(text));
  }

  /** Show the active cell's text in the bar, unless it is being edited. */
  show() {
    if (this.place) return;
    const { row, column } = this.grid.active;
    this.bar.value = this.grid.model.cell(row, column).input;
  }
}
