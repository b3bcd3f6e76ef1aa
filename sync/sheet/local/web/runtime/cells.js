// One cell between the API's form and a script's: dates, errors, texts as if typed. And rectangles.

import { fromSerial, isDate, wallOf } from "./values.js";

export const META_FIELDS = "spreadsheetId,properties(title,locale,timeZone),namedRanges,sheets.properties(sheetId,title,index,hidden,gridProperties)";
const CELL = "userEnteredValue,effectiveValue,formattedValue,note,effectiveFormat(numberFormat,backgroundColor)";
const gridFields = (cell) => `sheets(data(startRow,startColumn,rowData(values(${cell}))))`;
export const GRID_FIELDS = gridFields(CELL);
export const RULE_FIELDS = gridFields("dataValidation");

const DATED = ["DATE", "DATE_TIME"];

/** A cell as the API has it -> {value, entered, note, shown, background, format}; a day is {serial: milliseconds}. */
export function cellOf(cell, zone) {
  const effective = cell.effectiveValue || {};
  const format = cell.effectiveFormat || {};
  const number = format.numberFormat || {};
  return {
    value: valueOf(effective, DATED.includes(number.type), zone, cell.formattedValue),
    formula: cell.userEnteredValue?.formulaValue || "",
    note: cell.note || "",
    shown: cell.formattedValue || "",
    background: colourText(format.backgroundColor),
    format: number.pattern || "",
  };
}

function valueOf(effective, dated, zone, shown) {
  if (effective.numberValue !== undefined) {
    return dated ? { moment: fromSerial(effective.numberValue, zone) } : effective.numberValue;
  }
  if (effective.errorValue) return shown || `#${effective.errorValue.type}!`;
  return effective.stringValue ?? effective.boolValue ?? "";
}

/** What setValues sends: a text is read as if typed, null empties, a Date is typed as ISO text. */
export function userEntered(value, zone) {
  if (value === null || value === undefined) return "";
  if (isDate(value)) return typedDay(value.getTime(), zone());
  return ["string", "number", "boolean"].includes(typeof value) ? value : String(value);
}

/** 2026-12-31, with the time of day where there is one: every locale reads it, and the cell shows a day. */
function typedDay(milliseconds, zone) {
  const [day, time] = new Date(wallOf(milliseconds, zone)).toISOString().slice(0, 19).split("T");
  return time === "00:00:00" ? day : `${day} ${time}`;
}

/** #rrggbb of the API's colour; white where there is none. */
function colourText(colour) {
  if (!colour) return "#ffffff";
  const part = (share) => Math.round((share || 0) * 255).toString(16).padStart(2, "0");
  return `#${part(colour.red)}${part(colour.green)}${part(colour.blue)}`;
}

/** The API's colour of #rrggbb. */
export function colourOf(text) {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!parts) return null;
  const [red, green, blue] = parts.slice(1).map((part) => parseInt(part, 16) / 255);
  return { red, green, blue };
}

/** Does one rectangle lie in another? */
export function within(inner, outer) {
  const rows = inner.top >= outer.top && inner.bottom <= outer.bottom;
  return rows && inner.left >= outer.left && inner.right <= outer.right;
}

/** A is 1, AA is 27. */
export function columnNumber(letters) {
  return Array.from(letters.toUpperCase()).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

/** 1 is A, 27 is AA. */
export function columnLetters(number) {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(65 + ((rest - 1) % 26)) + text;
  }
  return text;
}

/** `'Ana''s'!B3:D` -> {title: text or null, box}, open ends filled from the grid; null when it is no address. */
export function readA1(text, sizeOf) {
  const found = /^(?:('(?:[^']|'')+'|[^'!]+)!)?\$?([A-Za-z]{0,3})\$?(\d*)(?::\$?([A-Za-z]{0,3})\$?(\d*))?$/.exec(text);
  if (!found || (!found[2] && !found[3])) return null;
  const title = found[1] ? found[1].replace(/^'|'$/g, "").replace(/''/g, "'") : null;
  const size = sizeOf(title);
  if (!size) return null;
  const whole = text.includes(":");
  const left = found[2] ? columnNumber(found[2]) - 1 : 0;
  const top = found[3] ? Number(found[3]) - 1 : 0;
  const right = whole ? (found[4] ? columnNumber(found[4]) : size.columns) : left + 1;
  const bottom = whole ? (found[5] ? Number(found[5]) : size.rows) : top + 1;
  return { title, box: { top, left, bottom, right } };
}
