// Range, as scripts know it: 1-based, one read or write for the whole rectangle, shapes that must match.

import { colourOf, columnLetters } from "./cells.js";
import { DataValidation, rulePlace } from "./validation.js";

export class Range {
  #book;
  #sheet;
  #box;

  constructor(book, sheet, box) {
    this.#book = book;
    this.#sheet = sheet;
    this.#box = box;
  }

  getSheet() { return this.#sheet; }
  getGridId() { return this.#sheet.getSheetId(); }
  getRow() { return this.#box.top + 1; }
  getRowIndex() { return this.getRow(); }
  getColumn() { return this.#box.left + 1; }
  getColumnIndex() { return this.getColumn(); }
  getLastRow() { return this.#box.bottom; }
  getLastColumn() { return this.#box.right; }
  getNumRows() { return this.#box.bottom - this.#box.top; }
  getNumColumns() { return this.#box.right - this.#box.left; }
  getHeight() { return this.getNumRows(); }
  getWidth() { return this.getNumColumns(); }

  getA1Notation() {
    const first = `${columnLetters(this.getColumn())}${this.getRow()}`;
    const last = `${columnLetters(this.getLastColumn())}${this.getLastRow()}`;
    return first === last ? first : `${first}:${last}`;
  }

  getCell(row, column) {
    this.#within(row <= this.getNumRows() && column <= this.getNumColumns() && row > 0 && column > 0);
    return this.#sheet.getRange(this.getRow() + row - 1, this.getColumn() + column - 1);
  }

  offset(rows, columns, height = this.getNumRows(), width = this.getNumColumns()) {
    return this.#sheet.getRange(this.getRow() + rows, this.getColumn() + columns, height, width);
  }

  getValues() { return this.#read("getValues", (cell) => this.#date(cell.value)); }
  getValue() { return this.#corner("getValue", (cell) => this.#date(cell.value)); }
  getDisplayValues() { return this.#read("getDisplayValues", (cell) => cell.shown); }
  getDisplayValue() { return this.#corner("getDisplayValue", (cell) => cell.shown); }
  getFormulas() { return this.#read("getFormulas", (cell) => cell.formula); }
  getFormula() { return this.#corner("getFormula", (cell) => cell.formula); }
  getNotes() { return this.#read("getNotes", (cell) => cell.note); }
  getNote() { return this.#corner("getNote", (cell) => cell.note); }
  getBackgrounds() { return this.#read("getBackgrounds", (cell) => cell.background); }
  getBackground() { return this.#corner("getBackground", (cell) => cell.background); }
  getNumberFormats() { return this.#read("getNumberFormats", (cell) => cell.format); }
  getNumberFormat() { return this.#corner("getNumberFormat", (cell) => cell.format); }
  isBlank() { return this.getValues().every((row) => row.every((value) => value === "")); }

  setValues(values) {
    this.#allow("setValues");
    this.#fits(values);
    this.#book.writeValues(this.getGridId(), this.#box, values);
    return this;
  }

  setValue(value) { return this.setValues(this.#filled(value)); }
  setFormula(text) { return this.setValue(text); }
  clearContent() { return this.setValue(""); }

  setNotes(notes) {
    return this.#update("setNotes", notes, "note", (note) => (note ? { note } : {}));
  }

  setNote(note) { return this.setNotes(this.#filled(note)); }
  clearNote() { return this.setNote(""); }

  setBackgrounds(colours) {
    const cell = (text) => (text ? { userEnteredFormat: { backgroundColor: colourOf(text) } } : {});
    return this.#update("setBackgrounds", colours, "userEnteredFormat.backgroundColor", cell);
  }

  setBackground(colour) { return this.setBackgrounds(this.#filled(colour)); }

  setNumberFormats(patterns) {
    const cell = (pattern) => ({ userEnteredFormat: { numberFormat: { type: kindOf(pattern), pattern } } });
    return this.#update("setNumberFormats", patterns, "userEnteredFormat.numberFormat", cell);
  }

  setNumberFormat(pattern) { return this.setNumberFormats(this.#filled(pattern)); }

  getDataValidations() {
    this.#allow("getDataValidations");
    const place = rulePlace(this.#sheet.getParent(), this.#book.guard);
    const rules = this.#book.rules(this.getGridId(), this.#box);
    return rules.map((row) => row.map((message) => message && new DataValidation(place, message)));
  }

  getDataValidation() { return this.getCell(1, 1).getDataValidations()[0][0]; }

  /** A rule for each cell; null takes the cell's away. */
  setDataValidations(rules) {
    const { guard } = this.#book;
    const told = "The parameters don't match the method signature for Range.setDataValidations.";
    const cell = (rule) => {
      guard.ensure(rule === null || rule instanceof DataValidation, told);
      return rule ? { dataValidation: rule.message } : {};
    };
    return this.#update("setDataValidations", rules, "dataValidation", cell);
  }

  setDataValidation(rule) { return this.setDataValidations(this.#filled(rule)); }
  clearDataValidations() { return this.setDataValidation(null); }

  activate() {
    this.#allow("activate");
    this.#book.active = {
      ...{ sheetId: this.getGridId(), row: this.getRow(), column: this.getColumn() },
      ...{ rows: this.getNumRows(), columns: this.getNumColumns() },
    };
    this.#book.env.ui.activate?.(this.#book.active);
    return this;
  }

  #allow(name) { this.#book.guard.allow("sheet", `Range.${name}`); }

  #within(holds) { this.#book.guard.ensure(holds, "Cell reference out of range"); }

  #filled(value) {
    return Array.from({ length: this.getNumRows() }, () => Array(this.getNumColumns()).fill(value));
  }

  #read(name, pick) {
    this.#allow(name);
    return this.#book.cells(this.getGridId(), this.#box).map((row) => row.map(pick));
  }

  #corner(name, pick) {
    this.#allow(name);
    const { top, left } = this.#box;
    return pick(this.#book.cells(this.getGridId(), { top, left, bottom: top + 1, right: left + 1 })[0][0]);
  }

  #date(value) {
    const moment = value !== null && typeof value === "object";
    return moment ? new this.#book.guard.realm.Date(value.moment) : value;
  }

  #update(name, rows, fields, cell) {
    this.#allow(name);
    this.#fits(rows);
    const start = { sheetId: this.getGridId(), rowIndex: this.#box.top, columnIndex: this.#box.left };
    const values = rows.map((row) => ({ values: row.map(cell) }));
    this.#book.write({ request: { updateCells: { start, rows: values, fields } } });
    return this;
  }

  #fits(rows) {
    const { guard } = this.#book;
    const told = (what, has, wants) =>
      `The number of ${what} in the data does not match the number of ${what} in the range. The data has ${has} but the range has ${wants}.`;
    guard.ensure(Array.isArray(rows) && rows.every(Array.isArray), "The parameters don't match the method signature for Range");
    guard.ensure(rows.length === this.getNumRows(), told("rows", rows.length, this.getNumRows()));
    for (const row of rows) {
      guard.ensure(row.length === this.getNumColumns(), told("columns", row.length, this.getNumColumns()));
    }
  }
}

function kindOf(pattern) {
  if (pattern === "@") return "TEXT";
  return /[dmyhs]/i.test(pattern.replace(/"[^"]*"/g, "")) ? "DATE" : "NUMBER";
}
