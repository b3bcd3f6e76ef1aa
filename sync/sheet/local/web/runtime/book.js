// The workbook behind SpreadsheetApp: the Sheets v4 API, read in as few calls as possible, written when it has to be.
//
// A rectangle of cells that was read stays known until something is written. The first read of a tab brings its first
// row (the headings) along, and the rows of the active range: an edit is one read.

import { GRID_FIELDS, META_FIELDS, RULE_FIELDS, cellOf, userEntered, within } from "./cells.js";

export class Book {
  /** `active`: {sheetId, row, column, rows, columns}, 1-based, or null. */
  constructor(env, guard, active) {
    this.env = env;
    this.guard = guard;
    this.active = active;
    this.meta = null;
    this.known = new Map(); // sheetId -> [{top, left, bottom, right, rows}], 0-based, ends exclusive
    this.pending = [];
    this.calls = 0; // for the tests: how many requests this execution made
  }

  /** Title, locale, named ranges and the properties of every tab. */
  state() {
    this.flushIf((change) => change.structural);
    if (!this.meta) this.meta = this.get(`?fields=${encodeURIComponent(META_FIELDS)}`);
    return this.meta;
  }

  /** The properties of a tab, or null. */
  sheet(sheetId) {
    const found = (this.state().sheets || []).find((each) => (each.properties.sheetId || 0) === sheetId);
    return found ? found.properties : null;
  }

  /** The cells of a rectangle (0-based, ends exclusive) as rows of {value, entered, note, shown, background, format}. */
  cells(sheetId, box) {
    this.flush();
    const there = (this.known.get(sheetId) || []).find((each) => within(box, each));
    if (there) return cut(there, box);
    const read = this.read(sheetId, this.wanted(sheetId, box));
    return cut(read.find((each) => within(box, each)), box);
  }

  /** What a read of `box` brings along, where it is not known yet. */
  wanted(sheetId, box) {
    if (this.known.has(sheetId)) return [box];
    const width = this.sheet(sheetId).gridProperties.columnCount;
    const boxes = [box, { top: 0, left: 0, bottom: 1, right: width }];
    if (this.active && this.active.sheetId === sheetId) {
      const top = this.active.row - 1;
      const bottom = Math.min(top + (this.active.rows || 1), this.sheet(sheetId).gridProperties.rowCount);
      if (bottom > top && bottom - top <= 100) boxes.push({ top, left: 0, bottom, right: width });
    }
    const covered = (each, place) => boxes.some((other, at) => within(each, other) && (!within(other, each) || at < place));
    return boxes.filter((each, place) => !covered(each, place));
  }

  read(sheetId, boxes) {
    const data = this.gridData(sheetId, boxes, GRID_FIELDS);
    const zone = this.state().properties.timeZone;
    const read = boxes.map((box) => ({ ...box, rows: rowsOf(box, data, (cell) => cellOf(cell, zone)) }));
    this.known.set(sheetId, [...(this.known.get(sheetId) || []), ...read]);
    return read;
  }

  /** The validation rules of a rectangle as the API has them, null where there is none: a read of their own. */
  rules(sheetId, box) {
    this.flush();
    return rowsOf(box, this.gridData(sheetId, [box], RULE_FIELDS), (cell) => cell.dataValidation || null);
  }

  gridData(sheetId, boxes, fields) {
    const filters = boxes.map((box) => ({ gridRange: grid(sheetId, box) }));
    const path = `:getByDataFilter?fields=${encodeURIComponent(fields)}`;
    return this.post(path, { includeGridData: true, dataFilters: filters }).sheets[0].data || [];
  }

  /** Where the content of a tab ends: {rows, columns}, both 0 for an empty tab. */
  extent(sheetId) {
    this.flush();
    const title = this.sheet(sheetId).title.replace(/'/g, "''");
    const values = this.get(`/values/${encodeURIComponent(`'${title}'`)}`).values || [];
    const filled = values.map((row) => row.reduce((last, cell, at) => (cell === "" ? last : at + 1), 0));
    return { rows: filled.reduce((last, width, at) => (width ? at + 1 : last), 0), columns: Math.max(0, ...filled) };
  }

  /** Keep a change until the next read, flush, or the end. */
  write(change) {
    this.pending.push(change);
  }

  /** Values as a script gives them: text is read as if typed, a Date becomes a day of the sheet. */
  writeValues(sheetId, box, rows) {
    const zone = () => this.state().properties.timeZone;
    const values = rows.map((row) => row.map((value) => userEntered(value, zone)));
    this.write({ values: { dataFilter: { gridRange: grid(sheetId, box) }, majorDimension: "ROWS", values } });
  }

  flushIf(fits) {
    if (this.pending.some(fits)) this.flush();
  }

  /** Send what waits: neighbours of one kind in one call, in their order. */
  flush() {
    const waiting = this.pending;
    this.pending = [];
    while (waiting.length) {
      const kind = waiting[0].values ? "values" : "request";
      const end = waiting.findIndex((change) => !change[kind]);
      const group = waiting.splice(0, end < 0 ? waiting.length : end);
      this.known.clear();
      if (group.some((change) => change.structural)) this.meta = null;
      if (kind === "values") {
        const data = group.map((change) => change.values);
        this.post("/values:batchUpdateByDataFilter", { valueInputOption: "USER_ENTERED", data });
      } else {
        this.post(":batchUpdate?fields=spreadsheetId", { requests: group.map((change) => change.request) });
      }
    }
  }

  get(path) {
    return this.send("GET", path, "");
  }

  post(path, body) {
    return this.send("POST", path, JSON.stringify(body));
  }

  send(method, path, body) {
    const url = `${this.env.sheetsUrl}/v4/spreadsheets/${encodeURIComponent(this.env.spreadsheetId)}${path}`;
    const headers = body ? { "Content-Type": "application/json" } : {};
    this.calls += 1;
    const answer = this.env.fetchSync(method, url, headers, body);
    if (answer.status >= 400) throw this.guard.exception(refusal(answer));
    return JSON.parse(answer.text);
  }
}

function refusal(answer) {
  try {
    return JSON.parse(answer.text).error.message;
  } catch {
    return `Service Spreadsheets failed while accessing document (${answer.status})`;
  }
}

function grid(sheetId, box) {
  return { sheetId, startRowIndex: box.top, endRowIndex: box.bottom, startColumnIndex: box.left, endColumnIndex: box.right };
}

function cut(read, box) {
  const rows = read.rows.slice(box.top - read.top, box.bottom - read.top);
  return rows.map((row) => row.slice(box.left - read.left, box.right - read.left));
}

/** The cells of a box out of what the API answered, which leaves out empty ends; `read` makes one of its CellData. */
function rowsOf(box, data, read) {
  const part = data.find((each) => (each.startRow || 0) === box.top && (each.startColumn || 0) === box.left) || {};
  return Array.from({ length: box.bottom - box.top }, (_, row) =>
    Array.from({ length: box.right - box.left }, (_, column) => read(part.rowData?.[row]?.values?.[column] || {})),
  );
}
