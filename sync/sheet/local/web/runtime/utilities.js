// Utilities: signatures, digests, Base64, dates as texts. Bytes are signed (-128 to 127), as they are at Google.

import { ascii, fromUtf8, hmacSha256, sha256, utf8 } from "./sha256.js";
import { isDate, momentOf, wallOf } from "./values.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const Charset = { US_ASCII: "US_ASCII", UTF_8: "UTF_8" };

export function utilities({ env, guard }) {
  const bytesOf = (value, charset) => {
    if (typeof value !== "string") return Uint8Array.from(value, (byte) => byte & 0xff);
    return charset === Charset.UTF_8 ? utf8(value) : ascii(value);
  };
  const encode = (value, charset) => base64(bytesOf(value, charset ?? Charset.UTF_8));
  const websafe = (text) => text.replace(/\+/g, "-").replace(/\//g, "_");
  return {
    Charset,
    DigestAlgorithm: { SHA_256: "SHA_256" },
    computeHmacSha256Signature: (value, key, charset) => {
      guard.ensure(typeof value === typeof key, "The parameters don't match the method signature for Utilities.computeHmacSha256Signature.");
      return signed(hmacSha256(bytesOf(value, charset), bytesOf(key, charset)));
    },
    computeDigest: (algorithm, value, charset) => {
      guard.ensure(algorithm === "SHA_256", "This runtime knows SHA_256 only");
      return signed(sha256(bytesOf(value, charset)));
    },
    base64Encode: encode,
    base64EncodeWebSafe: (value, charset) => websafe(encode(value, charset)),
    base64Decode: (text) => signed(unbase64(text.replace(/-/g, "+").replace(/_/g, "/"))),
    getUuid: () => (env.uuid ? env.uuid() : uuid()),
    sleep: (milliseconds) => env.sleep?.(milliseconds),
    formatDate: (date, zone, pattern) => {
      guard.ensure(isDate(date), "The parameters don't match the method signature for Utilities.formatDate.");
      return formatted(wallOf(date.getTime(), zone), zone, pattern);
    },
    parseDate: (text, zone, pattern) => new guard.realm.Date(parsed(text, zone, pattern, guard)),
    newBlob: (content) => ({ getBytes: () => signed(bytesOf(content, Charset.UTF_8)), getDataAsString: () => (typeof content === "string" ? content : fromUtf8(bytesOf(content))) }),
  };
}

/** 0 to 255 -> -128 to 127. */
function signed(bytes) {
  return Array.from(bytes, (byte) => (byte > 127 ? byte - 256 : byte));
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const word = (bytes[at] << 16) | ((bytes[at + 1] || 0) << 8) | (bytes[at + 2] || 0);
    const four = [18, 12, 6, 0].map((shift) => LETTERS[(word >> shift) & 63]);
    text += four.slice(0, Math.min(bytes.length - at, 3) + 1).join("").padEnd(4, "=");
  }
  return text;
}

function unbase64(text) {
  const bits = Array.from(text.replace(/=+$/, ""), (letter) => LETTERS.indexOf(letter).toString(2).padStart(6, "0"));
  const all = bits.join("");
  return Array.from({ length: Math.floor(all.length / 8) }, (_, at) => parseInt(all.slice(at * 8, at * 8 + 8), 2));
}

function uuid() {
  const hex = () => Math.floor(Math.random() * 16);
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (mark) => (mark === "x" ? hex() : (hex() & 3) | 8).toString(16));
}

const TOKEN = /'((?:[^']|'')*)'|yyyy|yy|MM|M|dd|d|HH|H|mm|m|ss|s|SSS|Z/g;

/** A moment of a wall clock after Java's SimpleDateFormat, digits only. */
function formatted(wall, zone, pattern) {
  const day = new Date(wall);
  const two = (number) => String(number).padStart(2, "0");
  const offset = Math.round((wall - momentOf(wall, zone)) / 60_000);
  const parts = {
    yyyy: () => String(day.getUTCFullYear()).padStart(4, "0"),
    yy: () => two(day.getUTCFullYear() % 100),
    MM: () => two(day.getUTCMonth() + 1),
    M: () => String(day.getUTCMonth() + 1),
    dd: () => two(day.getUTCDate()),
    d: () => String(day.getUTCDate()),
    HH: () => two(day.getUTCHours()),
    H: () => String(day.getUTCHours()),
    mm: () => two(day.getUTCMinutes()),
    m: () => String(day.getUTCMinutes()),
    ss: () => two(day.getUTCSeconds()),
    s: () => String(day.getUTCSeconds()),
    SSS: () => String(day.getUTCMilliseconds()).padStart(3, "0"),
    Z: () => `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`,
  };
  return pattern.replace(TOKEN, (token, quoted) => (quoted === undefined ? parts[token]() : quoted.replace(/''/g, "'") || "'"));
}

function parsed(text, zone, pattern, guard) {
  const names = [];
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(TOKEN, (token, quoted) => {
    if (quoted !== undefined) return quoted;
    names.push(token);
    return token === "yyyy" ? "(\\d{4})" : "(\\d{1,2})";
  });
  const found = new RegExp(`^${source}`).exec(text);
  guard.ensure(found, `Unparseable date: "${text}"`);
  const at = (...wanted) => Number(found[1 + names.findIndex((name) => wanted.includes(name))] ?? NaN);
  const or = (value, other) => (Number.isNaN(value) ? other : value);
  const wall = Date.UTC(at("yyyy"), or(at("MM", "M"), 1) - 1, or(at("dd", "d"), 1), or(at("HH", "H"), 0), or(at("mm", "m"), 0), or(at("ss", "s"), 0));
  return momentOf(wall, zone);
}
