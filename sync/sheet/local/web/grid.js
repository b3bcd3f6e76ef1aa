// The table on the screen: a real table whose rows are made only where one looks. Frozen rows stand in its head.

import { cellName, letters } from "./a1.js";
import { dress } from "./cell_view.js";
import { element } from "./dom.js";
import { HEAD, revealColumn, revealRow } from "./reveal.js";

const SPARE = 15; // rows that are made beyond either edge of what is seen

export class Grid {
  /** @param {HTMLElement} place @param {{words: any}} options */
  constructor(place, { words }) {
    this.words = words;
    this.scroller = element("div", "scroller");
    this.table = element("table");
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-multiselectable", "true");
    this.scroller.append(this.table);
    place.append(this.scroller);
    /** @type {Map<number, HTMLTableRowElement>} */
    this.rows = new Map();
    this.range = { top: 0, bottom: 1, left: 0, right: 1 };
    this.active = { row: 0, column: 0 };
    this.scroller.addEventListener("scroll", () => this.onScroll());
    new ResizeObserver(() => this.model && this.fill()).observe(this.scroller);
  }

  /** Show a tab. @param {import("./model.js").TabModel} model */
  show(model) {
    this.model = model;
    this.rows.clear();
    const { head, columns } = model;
    this.table.setAttribute("aria-label", head.title);
    this.table.setAttribute("aria-rowcount", String(head.rows + 1));
    this.table.setAttribute("aria-colcount", String(head.columns + 1));
    this.table.classList.toggle("plain", !head.gridlines);
    const width = columns.length ? columns.at(-1).left + columns.at(-1).width : 0;
    this.table.style.width = `${HEAD + width}px`;
    this.head = element("thead");
    this.body = element("tbody");
    this.above = this.spacer();
    this.below = this.spacer();
    this.body.append(this.above, this.below);
    this.head.append(this.lettersRow());
    this.frozen = model.shown.filter((row) => row < head.frozenRows);
    this.frozen.forEach((row) => this.head.append(this.makeRow(row, this.frozen)));
    this.head.lastElementChild.classList.add("last");
    this.table.replaceChildren(this.columnGroup(), this.head, this.body);
    this.fill();
  }

  /**
   * Draw these rows again; all of them when there is no set.
   * @param {Set<number> | null} changed @param {any} [held] what `firstSeen` said before the model changed
   */
  redraw(changed, held = this.firstSeen()) {
    const focused = this.scroller.contains(document.activeElement);
    const { scrollTop: top, scrollLeft: left } = this.scroller;
    if (!changed || [...changed].some((row) => row < this.model.head.frozenRows)) {
      this.show(this.model);
      this.scroller.scrollTo(left, top);
    } else {
      for (const row of changed) this.drop(row);
    }
    this.fill();
    this.hold(held);
    if (focused) this.focus();
  }

  /** The first row that is seen below the frozen ones, and how far it is scrolled past its beginning. */
  firstSeen() {
    const { model } = this;
    const { tops, shown } = model;
    if (!this.frozen || !this.scroller.scrollTop) return null;
    const start = (tops[this.frozen.length] || 0) + this.scroller.scrollTop;
    const place = model.placeAt(start);
    return { row: shown[place], past: start - tops[place] };
  }

  /** Keep that row where it is, although rows above it have become taller or lower. */
  hold(held) {
    const place = held ? this.model.shown.indexOf(held.row) : -1;
    if (place < 0) return;
    const { tops } = this.model;
    this.scroller.scrollTop = tops[place] - tops[this.frozen.length] + Math.min(held.past, this.model.rowHeight(held.row) - 1);
    this.fill();
  }

  drop(row) {
    this.rows.get(row)?.remove();
    this.rows.delete(row);
  }

  spacer() {
    const row = element("tr", "space");
    row.setAttribute("aria-hidden", "true");
    row.append(element("td"));
    return row;
  }

  columnGroup() {
    const group = element("colgroup");
    for (const width of [HEAD, ...this.model.columns.map((one) => one.width)]) {
      const column = element("col");
      column.style.width = `${width}px`;
      group.append(column);
    }
    return group;
  }

  lettersRow() {
    const row = element("tr", "letters");
    row.setAttribute("aria-rowindex", "1");
    const corner = element("td", "corner");
    corner.setAttribute("aria-colindex", "1");
    row.append(corner);
    for (const one of this.model.columns) {
      const head = element("th");
      head.scope = "col";
      head.textContent = letters(one.column);
      head.dataset.column = String(one.column);
      head.setAttribute("aria-colindex", String(one.column + 2));
      this.stick(head, one);
      head.append(element("span", "grip"));
      row.append(head);
    }
    return row;
  }

  stick(cell, { column, left }) {
    if (column >= this.model.head.frozenColumns) return;
    cell.classList.add("stuck");
    cell.style.left = `${HEAD + left}px`;
    const edge = this.model.columns.findLast((one) => one.column < this.model.head.frozenColumns);
    if (edge.column === column) cell.classList.add("edge");
  }

  onScroll() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      if (this.model) this.fill();
    });
  }

  /** Places in `model.shown` that are to be in the table. */
  window() {
    const { model } = this;
    const { tops, shown } = model;
    const first = this.frozen.length;
    const start = tops[first] + this.scroller.scrollTop;
    const end = start + this.scroller.clientHeight;
    const from = Math.max(first, model.placeAt(start) - SPARE);
    return [from, Math.max(from, Math.min(shown.length, model.placeAt(end) + SPARE))];
  }

  /** Make the rows that are seen and take away the others; keep what has not changed. */
  fill() {
    const [from, to] = this.window();
    const wanted = this.model.shown.slice(from, to);
    const keep = new Set(wanted);
    for (const row of [...this.rows.keys()]) if (!keep.has(row) || this.tall(row)) this.drop(row);
    let after = this.above;
    for (const row of wanted) {
      let made = this.rows.get(row);
      if (!made) {
        made = this.makeRow(row, wanted);
        this.rows.set(row, made);
        after.after(made);
      }
      after = made;
    }
    this.measure(wanted);
    this.space(from, to);
    this.paint();
  }

  /** Is the row part of a merge over several rows? Such rows are drawn anew for each window. */
  tall(row) {
    return this.model.merges.some((box) => box.bottom - box.top > 1 && row >= box.top && row < box.bottom);
  }

  measure(wanted) {
    let moved = false;
    for (const row of wanted) {
      const height = this.rows.get(row).offsetHeight;
      if (height && height !== this.model.rowHeight(row) && !this.model.fixedHeight(row)) {
        this.model.measured.set(row, height);
        moved = true;
      }
    }
    if (moved) this.model.stack();
  }

  space(from, to) {
    const { tops, shown } = this.model;
    this.above.firstChild.style.height = `${tops[from] - tops[this.frozen.length]}px`;
    this.below.firstChild.style.height = `${tops[shown.length] - tops[to]}px`;
    this.above.hidden = from === this.frozen.length;
    this.below.hidden = to === shown.length;
  }

  /** @param {number} row @param {number[]} window the rows that are drawn together */
  makeRow(row, window) {
    const made = element("tr");
    made.setAttribute("aria-rowindex", String(row + 2));
    made.style.height = `${this.model.fixedHeight(row) || this.model.head.rowHeight}px`;
    const head = element("th");
    head.scope = "row";
    head.textContent = String(row + 1);
    head.dataset.row = String(row);
    head.setAttribute("aria-colindex", "1");
    made.append(head);
    for (const one of this.model.columns) {
      const cell = this.makeCell(row, one, window);
      if (cell) made.append(cell);
    }
    return made;
  }

  makeCell(row, one, window) {
    const { model } = this;
    const merge = model.merges.length ? model.mergeAt(row, one.column) : undefined;
    const columns = merge ? model.columns.filter((each) => each.column >= merge.left && each.column < merge.right) : [];
    const rows = merge ? window.filter((each) => each >= merge.top && each < merge.bottom) : [];
    if (merge && (rows[0] !== row || columns[0].column !== one.column)) return null;
    const [from, left] = merge ? [merge.top, merge.left] : [row, one.column];
    const cell = element("td");
    if (rows.length > 1) cell.rowSpan = rows.length;
    if (columns.length > 1) cell.colSpan = columns.length;
    cell.setAttribute("aria-colindex", String(one.column + 2));
    cell.dataset.row = String(from);
    cell.dataset.column = String(left);
    cell.dataset.cell = cellName(from, left);
    cell.tabIndex = -1;
    dress(cell, this.model, from, left, merge ? merge.right : left + 1, this.words);
    this.stick(cell, one);
    return cell;
  }

  /** Mark the chosen range. */
  paint() {
    const { range, active } = this;
    for (const cell of [...this.table.querySelectorAll("td[data-row]")]) {
      const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
      const inside = row >= range.top && row < range.bottom && column >= range.left && column < range.right;
      const here = row === active.row && column === active.column;
      if (cell.classList.contains("on") !== inside || inside) {
        cell.classList.toggle("on", inside);
        cell.setAttribute("aria-selected", String(inside));
      }
      if (cell.classList.contains("here") !== here) cell.classList.toggle("here", here);
      cell.tabIndex = here ? 0 : -1;
    }
    for (const head of this.table.querySelectorAll("th")) {
      const { row, column } = head.dataset;
      const at = row === undefined ? [Number(column), range.left, range.right] : [Number(row), range.top, range.bottom];
      head.classList.toggle("on", at[0] >= at[1] && at[0] < at[2]);
    }
  }

  /** @returns {HTMLTableCellElement | null} */
  cellAt(row, column) {
    return this.table.querySelector(`td[data-row="${row}"][data-column="${column}"]`);
  }

  /** Scroll so far that a cell is seen, make it, and give it. */
  reveal(row, column) {
    revealRow(this, row);
    revealColumn(this, column);
    return this.cellAt(row, column);
  }

  focus() {
    this.cellAt(this.active.row, this.active.column)?.focus({ preventScroll: true });
  }
}
