// The one room that touches the sheet. Columns are found by the table's named range and its headings, in either
// language, never by position. Of a person's cells nothing is written but a new row that they asked for; of notes and
// drop-downs only those that we made ourselves.

const NOTE_MARK_ = "Semáforo: ";

/** @typedef {keyof typeof RULES_.tabs} TabKey */
/** @typedef {{sheet: GoogleAppsScript.Spreadsheet.Sheet, top: number, left: number, width: number, last: number, keys: Object<string, number>, headings: string[], language: Language}} Table */
/** @typedef {{row: number, values: any[], cells: Object<string, Plain>, id: string, filled: boolean}} Row */
/** @typedef {Row & Checked} CheckedRow */

/**
 * The KPI table, or null where the workbook has none (or, with `sheet`, where it stands on another tab).
 * `keys` says at which place of a row each column stands, from 0.
 * @param {GoogleAppsScript.Spreadsheet.Sheet=} sheet
 * @returns {Table | null}
 */
function kpiTable_(sheet) {
  return table_("kpis", sheet);
}

/**
 * @param {TabKey} key
 * @param {GoogleAppsScript.Spreadsheet.Sheet=} sheet
 * @returns {Table | null}
 */
function table_(key, sheet) {
  const range = SpreadsheetApp.getActive().getRangeByName(RULES_.prefix + key);
  if (!range || (sheet && range.getSheet().getSheetId() !== sheet.getSheetId())) return null;
  const [top, left, width] = [range.getRow(), range.getColumn(), range.getNumColumns()];
  const headings = range.getSheet().getRange(top, left, 1, width).getValues()[0].map(String);
  const keys = columnPlaces_(key, headings);
  const last = range.getLastRow();
  const language = headingLanguage_(key, headings);
  return { sheet: range.getSheet(), top, left, width, last, keys, headings, language };
}

/**
 * Column key -> place in the row of headings, from 0; the first of two equal headings counts.
 * @param {TabKey} key
 * @param {string[]} headings
 */
function columnPlaces_(key, headings) {
  /** @type {Object<string, number>} */
  const keys = {};
  headings.forEach((heading, place) => {
    const known = /** @type {Object<string, string>} */ (RULES_.tabs[key].headings)[fold_(heading)];
    if (known && !(known in keys)) keys[known] = place;
  });
  return keys;
}

/**
 * @param {TabKey} key
 * @param {string[]} headings
 * @returns {Language}
 */
function headingLanguage_(key, headings) {
  const names = /** @type {Array<{es: string, en: string}>} */ (Object.values(RULES_.tabs[key].names));
  const count = (/** @type {Language} */ language) => names.filter((name) => headings.includes(name[language])).length;
  return count("es") >= count("en") ? "es" : "en";
}

/**
 * Rows of the table, read at once.
 * @param {Table} table
 * @param {number} first the row of the sheet
 * @param {number} count
 * @returns {Row[]}
 */
function readRows_(table, first, count) {
  const values = table.sheet.getRange(first, table.left, count, table.width).getValues();
  const zone = SpreadsheetApp.getActive().getSpreadsheetTimeZone();
  return values.map((line, at) => rowOf_(table, first + at, line, zone));
}

/**
 * @param {Table} table
 * @param {number} row
 * @param {any[]} values
 * @param {string} zone
 * @returns {Row}
 */
function rowOf_(table, row, values, zone) {
  /** @type {Object<string, Plain>} */
  const cells = {};
  for (const [key, place] of Object.entries(table.keys)) cells[key] = plain_(values[place], zone);
  const filled = RULES_.tabs.kpis.persons.some((key) => !isEmpty_(cells[key]));
  return { row, values, cells, id: String(cells.id === undefined ? "" : cells.id).trim(), filled };
}

/**
 * A cell as the checks know it: a day as ISO text in the sheet's own time zone.
 * @param {any} value
 * @param {string} zone
 * @returns {Plain}
 */
function plain_(value, zone) {
  const day = Object.prototype.toString.call(value) === "[object Date]";
  return day ? Utilities.formatDate(value, zone, "yyyy-MM-dd") : value;
}

/**
 * The instant checks of some rows, with their notes brought up to date, and with `choices` the drop-downs of their
 * Metric cells. Everything is read before anything is written. Gives the rows that hold anything.
 * @param {Table} table
 * @param {number} first
 * @param {number} count
 * @param {boolean} choices
 * @returns {CheckedRow[]}
 */
function lookOver_(table, first, count, choices) {
  const rows = readRows_(table, first, count);
  const rules = choices ? metricRules_(table, rows) : new Map();
  const checked = rows.map((row) => ({ ...row, ...instantRow_(row.cells) }));
  writeNotes_(table, first, checked);
  writeRules_(table, rules);
  return checked.filter((row) => row.filled);
}

/**
 * At most one write for each block of neighbouring columns whose notes change.
 * @param {Table} table
 * @param {number} first
 * @param {CheckedRow[]} rows
 */
function writeNotes_(table, first, rows) {
  const notes = table.sheet.getRange(first, table.left, rows.length, table.width).getNotes();
  const places = new Set();
  /** @type {number[]} */
  const lines = [];
  rows.forEach((row, at) => {
    for (const [place, note] of Object.entries(wantedNotes_(table, row, notes[at]))) {
      notes[at][Number(place)] = note;
      places.add(Number(place));
      lines.push(at);
    }
  });
  const top = Math.min(...lines); // from the first to the last row with a change, and no other
  const part = notes.slice(top, Math.max(...lines) + 1);
  for (const [start, end] of runs_([...places])) {
    const block = part.map((line) => line.slice(start, end + 1));
    table.sheet.getRange(first + top, table.left + start, part.length, end - start + 1).setNotes(block);
  }
}

/**
 * The notes of a row that have to change: place -> text. A note that a person wrote is never among them.
 * @param {Table} table
 * @param {CheckedRow} row
 * @param {string[]} present
 * @returns {Object<number, string>}
 */
function wantedNotes_(table, row, present) {
  /** @type {Object<number, string>} */
  const wanted = {};
  for (const { code, column } of row.filled ? row.fixes : []) {
    const place = table.keys[column];
    if (place !== undefined && !(place in wanted)) wanted[place] = NOTE_MARK_ + fixSentence_(table, code, place);
  }
  if (row.filled && row.fixes.length && table.keys.smart !== undefined) {
    const sentence = say_("note.letters", table.language, { letters: lettersText_(row.letters) });
    wanted[table.keys.smart] = NOTE_MARK_ + sentence;
  }
  /** @type {Object<number, string>} */
  const changes = {};
  present.forEach((note, place) => {
    const next = wanted[place] || "";
    if (note !== next && (note === "" || isOurNote_(note, table.headings[place]))) changes[place] = next;
  });
  return changes;
}

/**
 * Whether we made a note, to the letter: one that a person added to is theirs.
 * @param {string} note
 * @param {string} heading
 */
function isOurNote_(note, heading) {
  if (!note.startsWith(NOTE_MARK_)) return false;
  const rest = note.slice(NOTE_MARK_.length);
  const fixes = /** @type {Array<{es: string, en: string}>} */ (Object.values(RULES_.fixes));
  const sentences = fixes.flatMap((fix) => [fix.es, fix.en]).map((sentence) => fill_(sentence, { column: heading }));
  if (sentences.includes(rest)) return true;
  return /** @type {Language[]} */ (["es", "en"]).some((language) => {
    const [before, after] = WORDS_[language]["note.letters"].split("{letters}");
    const letters = rest.slice(before.length, rest.length - after.length);
    return rest === before + letters + after && /^[SMART·?]{5}$/.test(letters);
  });
}

/**
 * @param {Table} table
 * @param {string} code
 * @param {number} place
 * @returns {string}
 */
function fixSentence_(table, code, place) {
  const sentences = /** @type {Object<string, {es: string, en: string}>} */ (RULES_.fixes)[code];
  return fill_(sentences[table.language], { column: table.headings[place] });
}

/**
 * The letters as the SMART column shows them: a dot for what is missing, a question mark for what is not known yet.
 * @param {Object<string, Letter>} letters
 */
function lettersText_(letters) {
  const marks = { lit: "", missing: "·", ask: "?" };
  return ["S", "M", "A", "R", "T"].map((letter) => marks[letters[letter]] || letter).join("");
}

/**
 * Neighbours as runs: [3, 4, 7] -> [[3, 4], [7, 7]].
 * @param {number[]} numbers
 * @returns {Array<[number, number]>}
 */
function runs_(numbers) {
  /** @type {Array<[number, number]>} */
  const runs = [];
  for (const number of numbers.slice().sort((one, other) => one - other)) {
    const last = runs[runs.length - 1];
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

/**
 * The selected row of the table; null when something else is selected.
 * @param {Table} table
 * @returns {number | null}
 */
function selectedRow_(table) {
  const range = SpreadsheetApp.getActive().getActiveRange();
  if (!range || range.getSheet().getSheetId() !== table.sheet.getSheetId()) return null;
  return range.getRow() > table.top ? range.getRow() : null;
}

/**
 * The letters of a row and what to fix, as one sentence.
 * @param {Table} table
 * @param {CheckedRow} checked
 */
function rowSentence_(table, checked) {
  const fixes = checked.fixes.filter((fix) => fix.column in table.keys);
  const told = fixes.slice(0, 3).map((fix) => fixSentence_(table, fix.code, table.keys[fix.column]));
  const letters = lettersText_(checked.letters);
  if (!told.length) return letters + " · " + say_("row_good", table.language);
  const marks = say_("note.letters", table.language, { letters });
  return marks + " " + say_("row_fixes", table.language, { fixes: told.join(" ") });
}
