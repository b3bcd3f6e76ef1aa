// Values on their way: between a page and the script, and between cells and JavaScript.

const DAY = 86_400_000;
const UNIX_ZERO = 25_569; // the serial number of 1970-01-01

/**
 * What google.script.run lets through: texts, finite numbers, booleans, null, arrays and plain objects of these.
 * A Date, a function or an element fails; undefined in an array becomes null, in an object it is dropped.
 */
export function jsonLike(value, what, realm) {
  const kind = Object.prototype.toString.call(value);
  if (value === null || ["string", "boolean"].includes(typeof value)) return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (kind === "[object Array]") {
    return Array.from(value, (each) => (each === undefined ? null : jsonLike(each, what, realm)));
  }
  if (kind !== "[object Object]" || typeof value === "function") {
    const error = new realm.Error(`The ${what} holds a value that cannot be sent: ${kind.slice(8, -1)}`);
    error.name = "ScriptError";
    throw error;
  }
  const pairs = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(pairs.map(([key, each]) => [key, jsonLike(each, what, realm)]));
}

export function isDate(value) {
  return Object.prototype.toString.call(value) === "[object Date]";
}

/** The wall clock of `zone` at a moment, as milliseconds of a clock that knows no zones. */
export function wallOf(milliseconds, zone) {
  const parts = {};
  for (const { type, value } of formatter(zone).formatToParts(new Date(milliseconds))) parts[type] = Number(value);
  const second = Math.floor(milliseconds / 1000) * 1000;
  const day = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return day + (milliseconds - second);
}

/** The moment at which the wall clock of `zone` shows this; the earlier one where it shows it twice. */
export function momentOf(wall, zone) {
  const first = wall - (wallOf(wall, zone) - wall);
  return first - (wallOf(first, zone) - wall);
}

/** A spreadsheet's serial number (days since 1899-12-30 on the wall clock of its time zone) -> milliseconds. */
export function fromSerial(serial, zone) {
  return momentOf(Math.round((serial - UNIX_ZERO) * DAY), zone);
}

const formatters = new Map();

function formatter(zone) {
  if (!formatters.has(zone)) {
    const fields = Object.fromEntries(["year", "month", "day", "hour", "minute", "second"].map((each) => [each, "numeric"]));
    formatters.set(zone, new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...fields }));
  }
  return formatters.get(zone);
}
