// Where the person is: the active cell and the chosen range, moved by keys and pointer as in any spreadsheet.

/** @typedef {import("./a1.js").Box} Box */

export class Selection {
  /** @param {import("./grid.js").Grid} grid @param {() => void} changed called after each move */
  constructor(grid, changed) {
    this.grid = grid;
    this.changed = changed;
    this.anchor = { row: 0, column: 0 };
    this.listen();
  }

  get active() {
    return this.grid.active;
  }

  /** @returns {Box} */
  get range() {
    return this.grid.range;
  }

  get model() {
    return this.grid.model;
  }

  /** Go to one cell. */
  go(row, column, focus = true) {
    const [top, left] = this.model.corner(this.clampRow(row), this.clampColumn(column));
    this.anchor = { row: top, column: left };
    this.set(top, left, top, left, focus);
  }

  /** Choose a whole box; its first corner is the active cell. @param {Box} box */
  choose(box, focus = true) {
    this.anchor = { row: this.clampRow(box.top), column: this.clampColumn(box.left) };
    this.set(this.anchor.row, this.anchor.column, this.clampRow(box.bottom - 1), this.clampColumn(box.right - 1), focus);
  }

  /** Stretch the range from its anchor to a cell. */
  stretch(row, column) {
    this.far = { row: this.clampRow(row), column: this.clampColumn(column) };
    this.set(this.anchor.row, this.anchor.column, this.far.row, this.far.column, true, true);
  }

  set(row, column, toRow, toColumn, focus, stretched = false) {
    this.far = { row: toRow, column: toColumn };
    this.grid.active = { row, column };
    this.grid.range = this.widened({
      top: Math.min(row, toRow),
      bottom: Math.max(row, toRow) + 1,
      left: Math.min(column, toColumn),
      right: Math.max(column, toColumn) + 1,
    });
    const shown = stretched ? [toRow, toColumn] : [row, column];
    this.grid.reveal(...shown);
    this.grid.paint();
    if (focus) this.grid.focus();
    this.changed();
  }

  /** A range that touches a merge takes all of it in. @param {Box} box */
  widened(box) {
    for (const merge of this.model.merges) {
      const apart = merge.top >= box.bottom || merge.bottom <= box.top || merge.left >= box.right || merge.right <= box.left;
      if (apart) continue;
      box.top = Math.min(box.top, merge.top);
      box.bottom = Math.max(box.bottom, merge.bottom);
      box.left = Math.min(box.left, merge.left);
      box.right = Math.max(box.right, merge.right);
    }
    return box;
  }

  clampRow(row) {
    return Math.max(0, Math.min(this.model.head.rows - 1, row));
  }

  clampColumn(column) {
    return Math.max(0, Math.min(this.model.head.columns - 1, column));
  }

  /** One step, past hidden rows and out of merges. */
  step(rows, columns, stretch = false) {
    const from = stretch ? this.far || this.anchor : this.active;
    const merge = stretch ? undefined : this.model.mergeAt(from.row, from.column);
    const row = rows > 0 && merge ? merge.bottom - 1 : from.row;
    const column = columns > 0 && merge ? merge.right - 1 : from.column;
    const to = [
      rows ? this.model.nextRow(row, Math.sign(rows)) : row,
      columns ? this.model.nextColumn(column, Math.sign(columns)) : column,
    ];
    if (stretch) this.stretch(to[0], to[1]);
    else this.go(to[0], to[1]);
  }

  /** Ctrl and an arrow: to the edge of what is filled. */
  jump(rows, columns, stretch) {
    const { model } = this;
    let { row, column } = stretch ? this.far || this.anchor : this.active;
    /** @type {(r: number, c: number) => boolean} */
    const filled = (r, c) => Boolean(model.cell(r, c).text || model.cell(r, c).input);
    /** @type {() => [number, number]} */
    const ahead = () => [rows ? model.nextRow(row, rows) : row, columns ? model.nextColumn(column, columns) : column];
    const still = ([r, c]) => r === row && c === column;
    const run = filled(row, column) && filled(...ahead());
    for (let next = ahead(); !still(next); next = ahead()) {
      if (run && !filled(...next)) break;
      [row, column] = next;
      if (!run && filled(row, column)) break;
    }
    if (stretch) this.stretch(row, column);
    else this.go(row, column);
  }

  page(direction, stretch) {
    const { model, grid } = this;
    const from = stretch ? this.far || this.anchor : this.active;
    const rows = Math.max(1, Math.floor(grid.scroller.clientHeight / model.head.rowHeight) - 2);
    const place = Math.max(0, model.shown.indexOf(from.row)) + direction * rows;
    const row = model.shown[Math.max(0, Math.min(model.shown.length - 1, place))];
    if (stretch) this.stretch(row, from.column);
    else this.go(row, from.column);
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was one that moves
   */
  key(event) {
    const { key, shiftKey: shift } = event;
    const control = event.ctrlKey || event.metaKey;
    const used = this.model.used();
    const arrow = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
    if (arrow && event.altKey) return false;
    if (arrow) control ? this.jump(arrow[0], arrow[1], shift) : this.step(arrow[0], arrow[1], shift);
    else if (key === "Tab") this.step(0, shift ? -1 : 1);
    else if (key === "PageDown") this.page(1, shift);
    else if (key === "PageUp") this.page(-1, shift);
    else if (key === "Home") this.end(control ? 0 : this.active.row, 0, shift);
    else if (key === "End") this.end(control ? used.bottom - 1 : this.active.row, used.right - 1, shift);
    else if (control && key.toLowerCase() === "a") this.choose(this.whole());
    else if (key === " " && shift) this.choose({ ...this.range, left: 0, right: this.model.head.columns });
    else if (key === " " && control) this.choose({ ...this.range, top: 0, bottom: this.model.head.rows });
    else return false;
    return true;
  }

  end(row, column, stretch) {
    if (stretch) this.stretch(row, column);
    else this.go(row, column);
  }

  /** @returns {Box} */
  whole() {
    return { top: 0, bottom: this.model.head.rows, left: 0, right: this.model.head.columns };
  }

  listen() {
    const { table } = this.grid;
    table.addEventListener("mousedown", (event) => this.press(event));
    table.addEventListener("mouseover", (event) => this.drag(event));
    window.addEventListener("mouseup", () => (this.dragging = ""));
  }

  press(event) {
    /** @type {HTMLElement} */
    const target = event.target.closest("td, th");
    if (!target || event.target.classList.contains("grip")) return;
    const { row, column } = target.dataset;
    if (event.button === 2 && this.holds(row, column)) return;
    event.preventDefault();
    if (target.classList.contains("corner")) this.choose(this.whole());
    else if (target.tagName === "TH") this.line(row, column, event.shiftKey);
    else if (event.shiftKey) this.stretch(Number(row), Number(column));
    else this.go(Number(row), Number(column));
    this.dragging = event.button === 0 ? (target.tagName === "TD" ? "cell" : row === undefined ? "column" : "row") : "";
  }

  /** Is this place inside the range? A menu opened there is for the whole range. */
  holds(row, column) {
    const { range } = this;
    const inRows = row === undefined || (row >= range.top && row < range.bottom);
    const inColumns = column === undefined || (column >= range.left && column < range.right);
    return inRows && inColumns && (row !== undefined || column !== undefined);
  }

  /** A whole row or column, from its heading. */
  line(row, column, stretch) {
    const whole = this.whole();
    if (row === undefined) {
      const from = stretch ? Math.min(this.anchor.column, Number(column)) : Number(column);
      const to = stretch ? Math.max(this.anchor.column, Number(column)) : Number(column);
      this.choose({ ...whole, left: from, right: to + 1 });
    } else {
      const from = stretch ? Math.min(this.anchor.row, Number(row)) : Number(row);
      const to = stretch ? Math.max(this.anchor.row, Number(row)) : Number(row);
      this.choose({ ...whole, top: from, bottom: to + 1 });
    }
  }

  drag(event) {
    if (!this.dragging || !(event.buttons & 1)) return;
    /** @type {HTMLElement} */
    const target = event.target.closest("td[data-row], th");
    if (!target) return;
    const { row, column } = target.dataset;
    if (this.dragging === "cell" && row !== undefined && column !== undefined) this.stretch(Number(row), Number(column));
    else if (this.dragging === "row" && row !== undefined) this.line(row, undefined, true);
    else if (this.dragging === "column" && column !== undefined) this.line(undefined, column, true);
  }
}
