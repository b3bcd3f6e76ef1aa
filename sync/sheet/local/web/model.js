// One tab as the server has told it, and where its rows and columns lie. Nothing of the browser here.

/**
 * @typedef {{text: string, style: number, input: string, note: string, rule: number, spark: any, bad: boolean}} Cell
 * @typedef {import("./a1.js").Box} Box
 */

const NOTHING = Object.freeze({ text: "", style: 0, input: "", note: "", rule: -1, spark: null, bad: false });

export class TabModel {
  /** @param {any} message the answer of /page/tab */
  constructor(message) {
    /** @type {Map<number, Map<number, Cell>>} */
    this.cells = new Map();
    /** @type {Map<number, number>} heights that were measured on the screen */
    this.measured = new Map();
    this.take(message);
  }

  /**
   * Take the server's answer in; a partial one holds changed rows only.
   * @returns {Set<number> | null} the changed rows, null for all of them
   */
  take(message) {
    const before = this.head;
    const { cells, part, ...head } = message;
    this.head = head;
    this.revision = head.revision;
    if (!part) this.cells.clear();
    const changed = new Set();
    for (const [place, list] of Object.entries(cells)) {
      const row = Number(place);
      this.cells.set(row, new Map(list.map(readCell)));
      this.measured.delete(row);
      changed.add(row);
    }
    const moved = !before || shape(before) !== shape(head);
    if (!part || moved) this.measured.clear();
    this.layOut();
    return part && !moved ? changed : null;
  }

  layOut() {
    this.merges = this.head.merges.map(([top, bottom, left, right]) => ({ top, bottom, left, right }));
    this.columns = [];
    for (let column = 0, left = 0; column < this.head.columns; column += 1) {
      if (this.columnHidden(column)) continue;
      const width = this.columnWidth(column);
      this.columns.push({ column, left, width });
      left += width;
    }
    this.shown = [];
    for (let row = 0; row < this.head.rows; row += 1) if (!this.rowHidden(row)) this.shown.push(row);
    this.stack();
  }

  /** Where each shown row begins. `tops` has one entry more than `shown`: the end. */
  stack() {
    this.tops = new Float64Array(this.shown.length + 1);
    this.shown.forEach((row, place) => {
      this.tops[place + 1] = this.tops[place] + this.rowHeight(row);
    });
  }

  /** The place in `shown` of the row that lies at this height. @param {number} height */
  placeAt(height) {
    let [low, high] = [0, this.tops.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1] > height) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** @returns {Cell} */
  cell(row, column) {
    return this.cells.get(row)?.get(column) || NOTHING;
  }

  columnWidth(column) {
    return this.head.columnMeta[column]?.size || this.head.columnWidth;
  }

  columnHidden(column) {
    return Boolean(this.head.columnMeta[column]?.hidden);
  }

  rowHidden(row) {
    return Boolean(this.head.rowMeta[row]?.hidden);
  }

  /** A height that somebody set; 0 where the row grows with what is in it. */
  fixedHeight(row) {
    return this.head.rowMeta[row]?.size || 0;
  }

  rowHeight(row) {
    return this.fixedHeight(row) || this.measured.get(row) || this.head.rowHeight;
  }

  /** @returns {Box | undefined} the merge that a cell is in */
  mergeAt(row, column) {
    return this.merges.find(
      (box) => row >= box.top && row < box.bottom && column >= box.left && column < box.right,
    );
  }

  /** The cell that stands for this one: a merge's corner, or itself. */
  corner(row, column) {
    const merge = this.mergeAt(row, column);
    return merge ? [merge.top, merge.left] : [row, column];
  }

  rule(row, column) {
    return this.head.rules[this.cell(row, column).rule];
  }

  /** The protected range that a box touches, if any. @param {Box} box */
  fence(box) {
    return this.head.protected.find(({ box: [top, bottom, left, right], free }) => {
      const inside = box.top < bottom && top < box.bottom && box.left < right && left < box.right;
      return inside && !free.some(([a, b, c, d]) => box.top >= a && box.bottom <= b && box.left >= c && box.right <= d);
    });
  }

  /** Rows and columns that hold a text. @returns {Box} */
  used() {
    const box = { top: 0, bottom: 1, left: 0, right: 1 };
    for (const [row, cells] of this.cells) {
      for (const [column, cell] of cells) {
        if (cell.text || cell.input) {
          box.bottom = Math.max(box.bottom, row + 1);
          box.right = Math.max(box.right, column + 1);
        }
      }
    }
    return box;
  }

  /** The next shown row or column in a direction, or the same at the end. */
  nextRow(row, step) {
    return next(row, step, this.head.rows, (place) => this.rowHidden(place));
  }

  nextColumn(column, step) {
    return next(column, step, this.head.columns, (place) => this.columnHidden(place));
  }
}

function next(place, step, size, hidden) {
  let found = place + step;
  while (found >= 0 && found < size && hidden(found)) found += step;
  return found >= 0 && found < size ? found : place;
}

function readCell([column, text, style, input, note, rule, spark, bad]) {
  const cell = {
    text,
    style,
    input: input ?? text,
    note: note || "",
    rule: rule ?? -1,
    spark: spark || null,
    bad: Boolean(bad),
  };
  return [column, cell];
}

/** What must be the same for rows that have not changed to be drawn as they were. */
function shape(head) {
  const { sheetId, rows, columns, frozenRows, frozenColumns, gridlines, rowMeta, columnMeta, merges, rules } = head;
  return JSON.stringify([sheetId, rows, columns, frozenRows, frozenColumns, gridlines, rowMeta, columnMeta, merges, rules]);
}
