// Sheet (a tab), as scripts know it.

import { readA1 } from "./cells.js";
import { Range } from "./range.js";

export class Sheet {
  #book;
  #parent;
  #id;

  constructor(book, parent, id) {
    this.#book = book;
    this.#parent = parent;
    this.#id = id;
  }

  getSheetId() { return this.#id; }
  getParent() { return this.#parent; }
  getName() { return this.#properties().title; }
  getSheetName() { return this.getName(); }
  getIndex() { return (this.#properties().index || 0) + 1; }
  isSheetHidden() { return Boolean(this.#properties().hidden); }
  getMaxRows() { return this.#properties().gridProperties.rowCount; }
  getMaxColumns() { return this.#properties().gridProperties.columnCount; }
  getFrozenRows() { return this.#properties().gridProperties.frozenRowCount || 0; }
  getFrozenColumns() { return this.#properties().gridProperties.frozenColumnCount || 0; }

  getLastRow() { return this.#extent("getLastRow").rows; }
  getLastColumn() { return this.#extent("getLastColumn").columns; }

  getDataRange() {
    const { rows, columns } = this.#extent("getDataRange");
    return this.getRange(1, 1, Math.max(rows, 1), Math.max(columns, 1));
  }

  /** getRange(a1) or getRange(row, column, rows, columns), 1-based. */
  getRange(row, column, rows = 1, columns = 1) {
    this.#allow("getRange");
    const box = typeof row === "string" ? this.#boxOf(row) : { top: row - 1, left: column - 1, bottom: row - 1 + rows, right: column - 1 + columns };
    this.#check(box);
    return new Range(this.#book, this, box);
  }

  appendRow(values) {
    this.#allow("appendRow");
    const row = this.getLastRow() + 1;
    if (row > this.getMaxRows()) this.insertRowsAfter(this.getMaxRows(), 1);
    this.getRange(row, 1, 1, values.length).setValues([values]);
    return this;
  }

  insertRowsAfter(row, count) { return this.#insert(row, count, true); }
  insertRowAfter(row) { return this.insertRowsAfter(row, 1); }
  insertRowsBefore(row, count) { return this.#insert(row - 1, count, row > 1); }
  insertRowBefore(row) { return this.insertRowsBefore(row, 1); }

  deleteRows(row, count) {
    this.#allow("deleteRows");
    this.#check({ top: row - 1, left: 0, bottom: row - 1 + count, right: 1 });
    this.#structural({ deleteDimension: { range: this.#rows(row - 1, row - 1 + count) } });
    return this;
  }

  deleteRow(row) { return this.deleteRows(row, 1); }

  activate() {
    this.getRange(1, 1).activate();
    return this;
  }

  setActiveRange(range) { return range.activate(); }

  getActiveRange() {
    const { active } = this.#book;
    return active && active.sheetId === this.#id ? this.getRange(active.row, active.column, active.rows || 1, active.columns || 1) : null;
  }

  getActiveCell() {
    const range = this.getActiveRange();
    return range && range.getCell(1, 1);
  }

  getCurrentCell() { return this.getActiveCell(); }

  #allow(name) { this.#book.guard.allow("sheet", `Sheet.${name}`); }

  #properties() {
    this.#allow("getName");
    const found = this.#book.sheet(this.#id);
    this.#book.guard.ensure(found, "Sheet not found.");
    return found;
  }

  #extent(name) {
    this.#allow(name);
    return this.#book.extent(this.#id);
  }

  #boxOf(text) {
    const found = readA1(text, (title) => (title === null || title === this.getName() ? { rows: this.getMaxRows(), columns: this.getMaxColumns() } : null));
    this.#book.guard.ensure(found, "Range not found");
    return found.box;
  }

  #check({ top, left, bottom, right }) {
    const { guard } = this.#book;
    guard.ensure([top, left, bottom, right].every(Number.isInteger), "The parameters don't match the method signature for Sheet.getRange.");
    guard.ensure(top >= 0, "The starting row of the range is too small.");
    guard.ensure(left >= 0, "The starting column of the range is too small.");
    guard.ensure(bottom > top, "The number of rows in the range must be at least 1.");
    guard.ensure(right > left, "The number of columns in the range must be at least 1.");
    const fits = bottom <= this.getMaxRows() && right <= this.getMaxColumns();
    guard.ensure(fits, "The coordinates of the range are outside the dimensions of the sheet.");
  }

  #rows(start, end) {
    return { sheetId: this.#id, dimension: "ROWS", startIndex: start, endIndex: end };
  }

  #insert(start, count, inherit) {
    this.#allow("insertRows");
    this.#structural({ insertDimension: { range: this.#rows(start, start + count), inheritFromBefore: inherit } });
    return this;
  }

  #structural(request) { this.#book.write({ request, structural: true }); }
}
