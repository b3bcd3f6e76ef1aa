// What a person can do to the cells, as requests of the Sheets API, each with the requests that take it back.

import { address, gridRange } from "./a1.js";

/** @typedef {import("./a1.js").Box} Box  @typedef {import("./history.js").Step} Step */

const TYPED = "userEnteredValue,userEnteredFormat.numberFormat";
const WHOLE = "userEnteredValue,userEnteredFormat,note,dataValidation";

export class Commands {
  /** For one tab, so that a step that is done again later is done there. @param {import("./api.js").Api} api
   * @param {import("./model.js").TabModel} model */
  constructor(api, model) {
    this.api = api;
    this.model = () => model;
  }

  get sheetId() {
    return this.model().head.sheetId;
  }

  /** The requests that put a box back as it is now. @param {Box} box @param {string} fields */
  async image(box, fields) {
    const rows = await this.api.cells(address(this.model().head.title, box), fields);
    const width = box.right - box.left;
    const filled = Array.from({ length: box.bottom - box.top }, (_, row) => ({
      values: Array.from({ length: width }, (__, column) => rows[row]?.[column] || {}),
    }));
    return [{ updateCells: { range: gridRange(this.sheetId, box), rows: filled, fields } }];
  }

  /** Texts into a box, typed as a person types them. @param {Box} box @param {string[][]} texts @returns {Step} */
  type(box, texts) {
    const range = address(this.model().head.title, box);
    const step = { label: "type", told: {}, run: null, back: () => this.remembering(step, box, TYPED) };
    step.run = async () => {
      const answer = await this.api.type(range, texts);
      const value = answer.updatedData?.values?.[0]?.[0];
      if (value !== undefined && value !== "") step.told.value = asText(value);
    };
    return step;
  }

  /** @param {Box} box @returns {Step} */
  clear(box) {
    const request = { updateCells: { range: gridRange(this.sheetId, box), fields: "userEnteredValue" } };
    const step = { label: "clear", told: {}, run: null, back: () => this.remembering(step, box, "userEnteredValue") };
    step.run = () => this.api.batch([request]);
    return step;
  }

  /** As `image`; the old value goes into what the plugin's onEdit is told. */
  async remembering(step, box, fields) {
    step.told = {};
    const requests = await this.image(box, `${fields},effectiveValue`);
    const [update] = requests;
    const old = Object.values(update.updateCells.rows[0].values[0].effectiveValue || {})[0];
    if (old !== undefined && typeof old !== "object") step.told.oldValue = asText(old);
    for (const row of update.updateCells.rows) for (const cell of row.values) delete cell.effectiveValue;
    update.updateCells.fields = fields;
    return requests;
  }

  /** @param {string} label @param {object[]} requests @param {() => any} back @returns {Step} */
  plain(label, requests, back) {
    return { label, run: () => this.api.batch(requests), back };
  }

  /** The first row or column of a box again in all of it: Ctrl+D, Ctrl+R. @param {Box} box */
  fill(box, dimension) {
    const rows = dimension === "ROWS";
    const source = rows ? { ...box, bottom: box.top + 1 } : { ...box, right: box.left + 1 };
    const target = rows ? { ...box, top: box.top + 1 } : { ...box, left: box.left + 1 };
    return this.copy(source, target, "fill");
  }

  /** Cells with formulas, formats and rules, formulas shifted. @param {Box} from @param {Box} to */
  copy(from, to, label = "paste", sheetId = this.sheetId) {
    const request = {
      copyPaste: { source: gridRange(sheetId, from), destination: gridRange(this.sheetId, to), pasteType: "PASTE_NORMAL" },
    };
    return this.plain(label, [request], () => this.image(to, WHOLE));
  }

  /** Cells to another place of a tab, references to them following. @param {Box} from @param {Box} to */
  cut(from, to, sheetId = this.sheetId) {
    const destination = { sheetId: this.sheetId, rowIndex: to.top, columnIndex: to.left };
    const request = { cutPaste: { source: gridRange(sheetId, from), destination, pasteType: "PASTE_NORMAL" } };
    const home = { sheetId, rowIndex: from.top, columnIndex: from.left };
    const back = async () => [
      { cutPaste: { source: gridRange(this.sheetId, to), destination: home, pasteType: "PASTE_NORMAL" } },
      ...(await this.image(to, WHOLE)),
    ];
    return this.plain("cut", [request], back);
  }

  /** @param {"ROWS" | "COLUMNS"} dimension @param {number} start @param {number} size */
  insert(dimension, start, size) {
    const range = { sheetId: this.sheetId, dimension, startIndex: start, endIndex: start + size };
    const request = { insertDimension: { range, inheritFromBefore: start > 0 } };
    return this.plain("insert", [request], () => [{ deleteDimension: { range } }]);
  }

  /** @param {"ROWS" | "COLUMNS"} dimension @param {number} start @param {number} size */
  remove(dimension, start, size) {
    const { head } = this.model();
    const range = { sheetId: this.sheetId, dimension, startIndex: start, endIndex: start + size };
    const box =
      dimension === "ROWS"
        ? { top: start, bottom: start + size, left: 0, right: head.columns }
        : { top: 0, bottom: head.rows, left: start, right: start + size };
    /** @type {any} */
    const step = { label: "remove" };
    step.back = async () => {
      step.formulas = await this.api.formulas();
      const again = { insertDimension: { range, inheritFromBefore: start > 0 } };
      step.undo = [again, ...(await this.image(box, WHOLE)), ...this.sizes(dimension, start, size)];
      return step.undo;
    };
    step.run = async () => {
      await this.api.batch([{ deleteDimension: { range } }]);
      step.undo.push(...(await this.broken(step.formulas, dimension, start, size)));
    };
    return step;
  }

  /** The requests that heal the formulas which a removal has cut off from their cells. */
  async broken(before, dimension, start, size) {
    const now = new Map((await this.api.formulas()).map(([sheetId, row, column, text]) => [`${sheetId} ${row} ${column}`, text]));
    const moved = (place) => (place >= start + size ? place - size : place >= start ? null : place);
    const rows = dimension === "ROWS";
    return before.flatMap(([sheetId, row, column, formulaValue]) => {
      const here = sheetId === this.sheetId;
      const [r, c] = [here && rows ? moved(row) : row, here && !rows ? moved(column) : column];
      const text = r === null || c === null ? "" : now.get(`${sheetId} ${r} ${c}`) || "";
      if (!text.includes("#REF!") || formulaValue.includes("#REF!")) return [];
      const cells = [{ values: [{ userEnteredValue: { formulaValue } }] }];
      return [{ updateCells: { start: { sheetId, rowIndex: row, columnIndex: column }, rows: cells, fields: "userEnteredValue" } }];
    });
  }

  /** Widths, heights and hiding of some rows or columns as they are now. */
  sizes(dimension, start, size) {
    const { head } = this.model();
    const meta = dimension === "ROWS" ? head.rowMeta : head.columnMeta;
    return Array.from({ length: size }, (_, place) => start + place)
      .filter((place) => meta[place])
      .map((place) => {
        const { size: pixelSize, hidden } = meta[place];
        const properties = { ...(pixelSize ? { pixelSize } : {}), hiddenByUser: Boolean(hidden) };
        return this.dimension(dimension, place, 1, properties);
      });
  }

  dimension(dimension, start, size, properties) {
    const range = { sheetId: this.sheetId, dimension, startIndex: start, endIndex: start + size };
    return { updateDimensionProperties: { range, properties, fields: Object.keys(properties).join(",") } };
  }

  /** A size in pixels, or hiding. @param {{pixelSize?: number, hiddenByUser?: boolean}} properties */
  resize(dimension, start, size, properties) {
    const { head } = this.model();
    const plain = dimension === "ROWS" ? head.rowHeight : head.columnWidth;
    const before = properties.pixelSize ? { pixelSize: plain } : { hiddenByUser: false };
    const back = () => [this.dimension(dimension, start, size, before), ...this.sizes(dimension, start, size)];
    return this.plain("resize", [this.dimension(dimension, start, size, properties)], back);
  }

  /** @param {Box} box @param {number} column @param {boolean} upwards */
  sort(box, column, upwards) {
    const sortOrder = upwards ? "ASCENDING" : "DESCENDING";
    const sortSpecs = [{ dimensionIndex: column, sortOrder }];
    const request = { sortRange: { range: gridRange(this.sheetId, box), sortSpecs } };
    return this.plain("sort", [request], () => this.image(box, WHOLE));
  }

  /** Change the format of all cells of a box. @param {Box} box @param {object} format @param {string} fields */
  format(box, format, fields) {
    const request = { repeatCell: { range: gridRange(this.sheetId, box), cell: { userEnteredFormat: format }, fields } };
    return this.plain("format", [request], () => this.image(box, "userEnteredFormat"));
  }

  /** @param {Box} box one cell @param {string} note */
  note(box, note) {
    const request = { updateCells: { range: gridRange(this.sheetId, box), rows: [{ values: [{ note }] }], fields: "note" } };
    return this.plain("note", [request], () => this.image(box, "note"));
  }

  /** @param {Box} box @param {boolean} merged whether it is merged now */
  merge(box, merged) {
    const range = gridRange(this.sheetId, box);
    const join = { mergeCells: { range, mergeType: "MERGE_ALL" } };
    const part = { unmergeCells: { range } };
    if (merged) return this.plain("merge", [part], () => [join]);
    return this.plain("merge", [join], async () => [part, ...(await this.image(box, WHOLE))]);
  }
}

/** A value as an onEdit event tells it. */
const asText = (value) => (typeof value === "boolean" ? String(value).toUpperCase() : String(value));
