// What happens while somebody types: a simple trigger. No network, no service columns, no lights. It gives a key to a
// new row, notes to the cells that keep a KPI from being SMART, and a drop-down to the metric when the source changes.

const ID_LETTERS_ = "23456789ABCDEFGHJKMNPQRSTVWXYZ"; // no look-alikes; sync/ids.py has the same
const ID_LENGTH_ = 6;
const MOST_ROWS_ = 200; // of one paste; the sync looks at the others

/**
 * Runs after each edit by a person, a paste too: then only the range is told, so the rows are read anew.
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 */
function onEdit(e) {
  const range = e && e.range;
  const table = range ? kpiTable_(range.getSheet()) : null;
  if (!table || !range || range.getColumn() >= table.left + table.width) return;
  const first = Math.max(range.getRow(), table.top + 1);
  const count = Math.min(range.getLastRow(), table.last) - first + 1;
  if (count < 1) return;
  const source = table.left + (table.keys.source === undefined ? NaN : table.keys.source);
  const choices = range.getColumn() <= source && range.getLastColumn() >= source;
  const checked = lookOver_(table, first, Math.min(count, MOST_ROWS_), choices);
  giveIds_(table, checked, range);
  if (count > MOST_ROWS_) toast_(say_("paste_cut", table.language, { count: MOST_ROWS_ }));
}

/**
 * A key for each row that has none, and for a pasted row that brought along the key of another one.
 * @param {Table} table
 * @param {Row[]} rows
 * @param {GoogleAppsScript.Spreadsheet.Range} range what was edited
 */
function giveIds_(table, rows, range) {
  if (table.keys.id === undefined || !rows.length) return;
  const column = table.left + table.keys.id;
  const covered = range.getColumn() <= column && range.getLastColumn() >= column;
  const taken = covered ? otherIds_(table, column, range) : new Set();
  for (const row of rows) {
    if (row.id && !taken.has(fold_(row.id))) continue;
    const id = newId_();
    table.sheet.getRange(row.row, column).setValue(id);
    row.id = id;
  }
}

/**
 * The keys of the rows outside the edited range: of two rows with one key, the pasted one is the newer.
 * @param {Table} table
 * @param {number} column
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @returns {Set<string>}
 */
function otherIds_(table, column, range) {
  const ids = table.sheet.getRange(table.top + 1, column, table.last - table.top, 1).getValues();
  const outside = ids.filter((_, at) => at + table.top + 1 < range.getRow() || at + table.top + 1 > range.getLastRow());
  return new Set(outside.map(([id]) => fold_(id)).filter(Boolean));
}

/** A key such as K-7F3QX2. */
function newId_() {
  const digits = Utilities.getUuid().replace(/-/g, "");
  let rest = Number("0x" + digits.slice(0, 12)); // 48 bits, six letters need 30
  let text = "";
  for (let at = 0; at < ID_LENGTH_; at += 1) {
    text += ID_LETTERS_[rest % ID_LETTERS_.length];
    rest = Math.floor(rest / ID_LETTERS_.length);
  }
  return "K-" + text;
}
