// The note of a cell, shown beside it when the pointer rests there or the cell is the active one.

import { byId, element } from "./dom.js";

const REST = 350; // milliseconds

export class Notes {
  /** @param {import("./grid.js").Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.box = element("div", "note");
    this.box.id = "note";
    this.box.setAttribute("role", "tooltip");
    this.box.hidden = true;
    byId("sheet").append(this.box);
    grid.table.addEventListener("mouseover", (event) => this.over(event));
    grid.table.addEventListener("mouseleave", () => clearTimeout(this.timer));
    grid.scroller.addEventListener("scroll", () => this.hide());
    window.addEventListener("keydown", (event) => event.key === "Escape" && this.hide());
  }

  over(event) {
    const cell = event.target.closest("td[data-row]");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.show(cell);
      if (this.box.hidden) this.follow(); // nothing to say there: the active cell's note again
    }, REST);
  }

  hide() {
    clearTimeout(this.timer);
    this.box.hidden = true;
  }

  /** The active cell's note. */
  follow() {
    const { row, column } = this.grid.active;
    this.show(this.grid.cellAt(row, column));
  }

  /** A cell's note; before it, what is wrong with a text that the cell's rule does not allow. */
  text(row, column) {
    const { note, bad } = this.grid.model.cell(row, column);
    const wrong = bad && (this.grid.model.rule(row, column).message || this.grid.words.not_allowed);
    return [wrong, note].filter(Boolean).join("\n\n");
  }

  /** @param {HTMLElement | null} cell */
  show(cell) {
    const note = cell?.isConnected && this.text(Number(cell.dataset.row), Number(cell.dataset.column));
    this.box.hidden = !note;
    if (!note) return;
    this.box.textContent = note;
    const [at, home] = [cell.getBoundingClientRect(), byId("sheet").getBoundingClientRect()];
    const right = at.right - home.left + 4;
    const fits = right + this.box.offsetWidth < home.width;
    this.box.style.left = `${fits ? right : Math.max(4, at.left - home.left - this.box.offsetWidth - 4)}px`;
    this.box.style.top = `${Math.max(4, Math.min(at.top - home.top, home.height - this.box.offsetHeight - 4))}px`;
  }
}
