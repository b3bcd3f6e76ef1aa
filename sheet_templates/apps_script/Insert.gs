// A new KPI as a row, and notes and drop-downs after a sync. Only the person's own columns are written, as typed values:
// a text gets an apostrophe in front, as a person would type it, so that none is read as a formula, a number or a date.

/**
 * Writes a KPI into the first empty row of the table, or into a new one below it. Gives the row of the sheet.
 * @param {Table} table
 * @param {Object<string, string | number | boolean>} fields by column key
 * @returns {number}
 */
function insertRow_(table, fields) {
  const row = emptyRow_(table);
  const zone = SpreadsheetApp.getActive().getSpreadsheetTimeZone();
  /** @type {Object<number, any>} */
  const cells = {};
  for (const [key, value] of Object.entries(fields)) {
    const place = table.keys[key];
    if (place !== undefined && RULES_.tabs.kpis.persons.includes(key)) cells[place] = typed_(table, key, value, zone);
  }
  for (const [start, end] of runs_(Object.keys(cells).map(Number))) {
    const line = Array.from({ length: end - start + 1 }, (_, at) => cells[start + at]);
    table.sheet.getRange(row, table.left + start, 1, line.length).setValues([line]);
  }
  const checked = lookOver_(table, row, 1, true); // a script's own writes start no trigger
  giveIds_(table, checked, table.sheet.getRange(row, table.left));
  table.sheet.getRange(row, table.left + (table.keys.statement || 0)).activate();
  return row;
}

/**
 * The first row after the last KPI; a new one when the table is full.
 * @param {Table} table
 * @returns {number}
 */
function emptyRow_(table) {
  const count = table.last - table.top;
  const rows = count ? readRows_(table, table.top + 1, count) : [];
  const last = rows.reduce((found, row) => (row.filled ? row.row : found), table.top);
  if (last < table.last) return last + 1;
  table.sheet.insertRowsAfter(table.last, 1);
  table.last += 1;
  return table.last;
}

/**
 * A value as the sheet shall keep it: a day as a day, a choice by its word, any other text as text.
 * @param {Table} table
 * @param {string} key
 * @param {string | number | boolean} value
 * @param {string} zone
 */
function typed_(table, key, value, zone) {
  if (typeof value !== "string") return value;
  if (RULES_.tabs.kpis.dates.includes(key) && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return Utilities.parseDate(value, zone, "yyyy-MM-dd");
  }
  const labels = /** @type {Object<string, Object<Language, Object<string, string>>>} */ (RULES_.labels)[key];
  return "'" + ((labels && labels[table.language][value]) || value);
}

/** After a sync the service may have filled cells in: notes and drop-downs are brought up to date, of all rows. */
function refreshNotes_() {
  const table = kpiTable_();
  if (table && table.last > table.top) lookOver_(table, table.top + 1, table.last - table.top, true);
}
