// Names of cells and ranges. Rows and columns count from zero here; a box ends before its `bottom` and `right`.

/** @typedef {{top: number, bottom: number, left: number, right: number}} Box */

/** @param {number} column 0 is A */
export function letters(column) {
  let text = "";
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(65 + ((left - 1) % 26)) + text;
  }
  return text;
}

/** @param {number} row @param {number} column */
export const cellName = (row, column) => letters(column) + (row + 1);

/** @param {Box} box */
export function boxName(box) {
  const first = cellName(box.top, box.left);
  const last = cellName(box.bottom - 1, box.right - 1);
  return first === last ? first : `${first}:${last}`;
}

/** @param {string} title @param {Box} box */
export const address = (title, box) => `'${title.replaceAll("'", "''")}'!${boxName(box)}`;

/** "B3" or "B3:C9" to a box; null for anything else. @param {string} text @returns {Box | null} */
export function readBox(text) {
  const found = /^\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?$/.exec(text.trim().toUpperCase());
  if (!found) return null;
  const rows = [Number(found[2]) - 1, Number(found[4] || found[2]) - 1];
  const columns = [columnOf(found[1]), columnOf(found[3] || found[1])];
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  return top < 0 ? null : { top, bottom: Math.max(...rows) + 1, left, right: Math.max(...columns) + 1 };
}

function columnOf(text) {
  return [...text].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1;
}

/** @param {number} sheetId @param {Box} box */
export const gridRange = (sheetId, box) => ({
  sheetId,
  startRowIndex: box.top,
  endRowIndex: box.bottom,
  startColumnIndex: box.left,
  endColumnIndex: box.right,
});

/** A GridRange message to a box within these sizes. */
export const boxOf = (range, rows, columns) => ({
  top: range.startRowIndex || 0,
  bottom: Math.min(range.endRowIndex ?? rows, rows),
  left: range.startColumnIndex || 0,
  right: Math.min(range.endColumnIndex ?? columns, columns),
});

/** @param {Box} a @param {Box} b */
export const meet = (a, b) => a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;

/** @param {Box} outer @param {Box} inner */
export const covers = (outer, inner) =>
  outer.top <= inner.top && outer.bottom >= inner.bottom && outer.left <= inner.left && outer.right >= inner.right;
