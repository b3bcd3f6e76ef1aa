// Scrolling the grid so far that a cell is seen, and no further.

export const HEAD = 46; // pixels of the column of row numbers

/** @param {import("./grid.js").Grid} grid @param {number} row */
export function revealRow(grid, row) {
  const span = spanOf(grid, row);
  if (!span) return;
  const { scroller } = grid;
  if (span.top < scroller.scrollTop) scroller.scrollTop = span.top;
  else if (span.top + span.height > scroller.scrollTop + span.seen) scroller.scrollTop = span.top + span.height - span.seen;
  grid.fill();
}

/** Whether any part of a row is seen below the frozen ones. @param {import("./grid.js").Grid} grid @param {number} row */
export function sees(grid, row) {
  const span = spanOf(grid, row);
  const { scrollTop } = grid.scroller;
  return span !== null && span.top < scrollTop + span.seen && span.top + span.height > scrollTop;
}

/** Where a row below the frozen ones lies, no taller than what is seen of them; null for a frozen or hidden one. */
function spanOf(grid, row) {
  const { model, scroller, frozen } = grid;
  const place = model.shown.indexOf(row);
  if (place < frozen.length) return null;
  const seen = scroller.clientHeight - grid.head.offsetHeight;
  return { top: model.tops[place] - model.tops[frozen.length], height: Math.min(model.rowHeight(row), seen), seen };
}

/** @param {import("./grid.js").Grid} grid @param {number} column */
export function revealColumn(grid, column) {
  const { model, scroller } = grid;
  const one = model.columns.find((each) => each.column === column);
  if (!one || column < model.head.frozenColumns) return;
  const stuck = model.columns.filter((each) => each.column < model.head.frozenColumns);
  const fixed = HEAD + stuck.reduce((sum, each) => sum + each.width, 0);
  const [left, right] = [HEAD + one.left, HEAD + one.left + one.width];
  if (left - fixed < scroller.scrollLeft) scroller.scrollLeft = left - fixed;
  else if (right > scroller.scrollLeft + scroller.clientWidth) {
    scroller.scrollLeft = Math.min(left - fixed, right - scroller.clientWidth);
  }
}
