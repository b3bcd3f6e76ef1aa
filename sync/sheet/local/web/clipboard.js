// Copy and paste: within the page with formulas and formats, and with other programs as lines of tab-separated texts.

/** Tab-separated lines as spreadsheets write them: a text with a tab, a line end or a quote stands in quotes. */
export function readTable(text) {
  const rows = [[]];
  let field = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < source.length; place += 1) {
    const sign = source[place];
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (source[place + 1] === '"') {
        field += '"';
        place += 1;
      } else quoted = false;
    } else if (sign === '"' && field === "" && closes(source, place)) quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(field);
      if (sign === "\n") rows.push([]);
      field = "";
    } else field += sign;
  }
  rows.at(-1).push(field);
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
}

/** Does a quote at this place end before a tab or a line end? Otherwise it is a mere quote (5" screen). */
function closes(text, from) {
  const rest = /^"(?:[^"]|"")*"(?=[\t\n]|$)/.exec(text.slice(from));
  return rest !== null;
}

/** @param {string[][]} rows */
export function writeTable(rows) {
  const field = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(field).join("\t")).join("\n");
}

export class Clipboard {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
    /** What was copied here: its place is used when the same text comes back. */
    this.kept = null;
    document.addEventListener("copy", (event) => this.copy(event, false));
    document.addEventListener("cut", (event) => this.copy(event, true));
    document.addEventListener("paste", (event) => this.paste(event));
  }

  get ours() {
    return this.app.grid.table.contains(document.activeElement);
  }

  copy(event, cut) {
    if (!this.ours) return;
    event.preventDefault();
    const { model, selection } = this.app;
    const box = this.filled(selection.range);
    const rows = [];
    for (let row = box.top; row < box.bottom; row += 1) {
      const texts = [];
      for (let column = box.left; column < box.right; column += 1) texts.push(model.cell(row, column).text);
      rows.push(texts);
    }
    const text = writeTable(rows);
    event.clipboardData.setData("text/plain", text);
    this.kept = { text, box, sheetId: model.head.sheetId, cut };
    this.app.status(this.app.words.copied);
  }

  /** A whole column is copied as far as something stands in it. */
  filled(box) {
    const used = this.app.model.used();
    const { rows, columns } = this.app.model.head;
    return {
      ...box,
      bottom: box.bottom === rows && box.top < used.bottom ? used.bottom : box.bottom,
      right: box.right === columns && box.left < used.right ? used.right : box.right,
    };
  }

  paste(event) {
    if (!this.ours) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    if (!text) return;
    const same = this.kept && this.kept.text === text.replace(/\r\n?/g, "\n");
    if (same && this.kept.cut) this.move();
    else if (same) this.again();
    else this.type(readTable(text));
  }

  /** Where a pasted block goes: a range that is a multiple of it is filled, else one block from the corner. */
  target(height, width) {
    const { range } = this.app.selection;
    const [tall, wide] = [range.bottom - range.top, range.right - range.left];
    const whole = tall % height === 0 && wide % width === 0 && tall * wide < 100000;
    const box = { ...range, bottom: range.top + (whole ? tall : height), right: range.left + (whole ? wide : width) };
    return box;
  }

  async type(rows) {
    const box = this.target(rows.length, rows[0].length);
    const texts = [];
    for (let row = box.top; row < box.bottom; row += 1) {
      const line = rows[(row - box.top) % rows.length];
      texts.push(Array.from({ length: box.right - box.left }, (_, column) => line[column % line.length]));
    }
    await this.app.widen(box);
    await this.app.typeBox(box, texts);
    this.app.selection.choose(box);
  }

  async again() {
    const { box, sheetId } = this.kept;
    const to = this.target(box.bottom - box.top, box.right - box.left);
    await this.app.widen(to);
    await this.app.perform(this.app.commands.copy(box, to, "paste", sheetId), to, true);
    this.app.selection.choose(to);
  }

  async move() {
    const { box, sheetId } = this.kept;
    this.kept = null;
    const { range } = this.app.selection;
    const to = {
      top: range.top,
      left: range.left,
      bottom: range.top + box.bottom - box.top,
      right: range.left + box.right - box.left,
    };
    await this.app.widen(to);
    await this.app.perform(this.app.commands.cut(box, to, sheetId), to, true);
    this.app.selection.choose(to);
  }
}
