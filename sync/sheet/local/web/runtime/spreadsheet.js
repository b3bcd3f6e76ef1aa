// SpreadsheetApp and Spreadsheet, as scripts know them, and the finder of developer metadata.

import { readA1 } from "./cells.js";
import { Sheet } from "./sheet.js";
import { uiOf } from "./ui.js";
import { CRITERIA_NAMES, DataValidationBuilder, rulePlace } from "./validation.js";

export function spreadsheetApp(context) {
  const { guard, book } = context;
  const spreadsheet = new Spreadsheet(book);
  const active = (name) => {
    guard.allow("sheet", `SpreadsheetApp.${name}`);
    return spreadsheet;
  };
  return {
    getActive: () => active("getActive"),
    getActiveSpreadsheet: () => active("getActiveSpreadsheet"),
    getActiveSheet: () => active("getActiveSheet").getActiveSheet(),
    getActiveRange: () => active("getActiveRange").getActiveRange(),
    getCurrentCell: () => active("getCurrentCell").getCurrentCell(),
    setActiveRange: (range) => range.activate(),
    flush: () => {
      guard.allow("sheet", "SpreadsheetApp.flush");
      book.flush();
    },
    getUi: () => uiOf(context),
    newDataValidation: () => new DataValidationBuilder(rulePlace(active("newDataValidation"), guard), {}),
    DataValidationCriteria: CRITERIA_NAMES,
    DeveloperMetadataVisibility: { DOCUMENT: "DOCUMENT", PROJECT: "PROJECT" },
    DeveloperMetadataLocationType: { SPREADSHEET: "SPREADSHEET", SHEET: "SHEET", ROW: "ROW", COLUMN: "COLUMN" },
  };
}

export class Spreadsheet {
  #book;
  #sheets = new Map();

  constructor(book) {
    this.#book = book;
  }

  getId() { return this.#book.env.spreadsheetId; }
  getName() { return this.#state("getName").properties.title; }
  getUrl() { return `${this.#book.env.sheetsUrl}/spreadsheets/d/${this.getId()}/edit`; }
  getSpreadsheetLocale() { return this.#state("getSpreadsheetLocale").properties.locale; }
  getSpreadsheetTimeZone() { return this.#state("getSpreadsheetTimeZone").properties.timeZone; }

  getSheets() {
    return this.#state("getSheets").sheets.map((each) => this.#sheet(each.properties.sheetId || 0));
  }

  getSheetById(id) {
    this.#state("getSheetById");
    return this.#book.sheet(id) ? this.#sheet(id) : null;
  }

  getSheetByName(name) {
    return this.getSheets().find((sheet) => sheet.getName() === name) || null;
  }

  getActiveSheet() {
    const { active } = this.#book;
    return active ? this.getSheetById(active.sheetId) : this.getSheets()[0];
  }

  getActiveRange() { return this.getActiveSheet().getActiveRange(); }
  getCurrentCell() { return this.getActiveSheet().getCurrentCell(); }
  setActiveSheet(sheet) { return sheet.activate(); }
  setActiveRange(range) { return range.activate(); }

  /** A named range, or null. Its open ends reach to the ends of its tab. */
  getRangeByName(name) {
    const named = (this.#state("getRangeByName").namedRanges || []).find((each) => each.name === name);
    const span = named && named.range;
    const sheet = span && this.getSheetById(span.sheetId || 0);
    return sheet ? this.#spanned(sheet, span) : null;
  }

  getNamedRanges() {
    const names = (this.#state("getNamedRanges").namedRanges || []).map((each) => each.name);
    return names.map((name) => ({ getName: () => name, getRange: () => this.getRangeByName(name) }));
  }

  getRange(a1) {
    const sized = (title) => {
      const sheet = title === null ? this.getActiveSheet() : this.getSheetByName(title);
      return sheet && { sheet, rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() };
    };
    const found = readA1(a1, sized);
    this.#book.guard.ensure(found, "Range not found");
    const { top, left, bottom, right } = found.box;
    return sized(found.title).sheet.getRange(top + 1, left + 1, bottom - top, right - left);
  }

  toast(message, title = "", seconds = 5) {
    this.#book.guard.allow("sheet", "Spreadsheet.toast");
    this.#book.env.ui.toast(String(message), String(title), seconds);
  }

  createDeveloperMetadataFinder() {
    this.#book.guard.allow("sheet", "Spreadsheet.createDeveloperMetadataFinder");
    return new DeveloperMetadataFinder(this.#book);
  }

  #state(name) {
    this.#book.guard.allow("sheet", `Spreadsheet.${name}`);
    return this.#book.state();
  }

  /** One object a tab, so that `===` tells tabs apart. */
  #sheet(id) {
    if (!this.#sheets.has(id)) this.#sheets.set(id, new Sheet(this.#book, this, id));
    return this.#sheets.get(id);
  }

  #spanned(sheet, span) {
    const top = span.startRowIndex || 0;
    const left = span.startColumnIndex || 0;
    const bottom = Math.min(span.endRowIndex ?? sheet.getMaxRows(), sheet.getMaxRows());
    const right = Math.min(span.endColumnIndex ?? sheet.getMaxColumns(), sheet.getMaxColumns());
    return sheet.getRange(top + 1, left + 1, bottom - top, right - left);
  }
}

class DeveloperMetadataFinder {
  #book;
  #lookup = {};

  constructor(book) {
    this.#book = book;
  }

  withKey(key) { return this.#with({ metadataKey: key }); }
  withValue(value) { return this.#with({ metadataValue: value }); }
  withId(id) { return this.#with({ metadataId: id }); }
  withVisibility(visibility) { return this.#with({ visibility: String(visibility) }); }
  withLocationType(type) { return this.#with({ locationType: String(type) }); }

  find() {
    this.#book.flush();
    const body = { dataFilters: [{ developerMetadataLookup: this.#lookup }] };
    const found = this.#book.post("/developerMetadata:search", body).matchedDeveloperMetadata || [];
    return found.map(({ developerMetadata: each }) => ({
      getId: () => each.metadataId,
      getKey: () => each.metadataKey,
      getValue: () => each.metadataValue ?? null,
      getVisibility: () => each.visibility,
    }));
  }

  #with(part) {
    Object.assign(this.#lookup, part);
    return this;
  }
}
