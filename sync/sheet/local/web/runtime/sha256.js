// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), without waiting: a script's call has to answer before it returns, and the
// browser's own digest doesn't.

const PRIMES = primes(64);
const ROUND = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/** The digest of bytes (0 to 255) as 32 bytes. */
export function sha256(bytes) {
  const blocks = padded(bytes);
  const state = START.slice();
  const words = new Int32Array(64);
  for (let at = 0; at < blocks.length; at += 64) mix(state, words, blocks, at);
  return Uint8Array.from(state.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]));
}

/** HMAC-SHA256 of bytes under a key of bytes, as 32 bytes. */
export function hmacSha256(message, key) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return sha256(joined(outer, sha256(joined(inner, message))));
}

/** Text as UTF-8; half of a surrogate pair becomes U+FFFD. */
export function utf8(text) {
  const bytes = [];
  for (const char of text) {
    const point = char.codePointAt(0);
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code, 0));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code, 6), tail(code, 0));
    else bytes.push(0xf0 | (code >> 18), tail(code, 12), tail(code, 6), tail(code, 0));
  }
  return Uint8Array.from(bytes);
}

/** Text as US-ASCII: what it has no letter for becomes a question mark. */
export function ascii(text) {
  return Uint8Array.from(Array.from(text, (char) => (char.codePointAt(0) < 128 ? char.codePointAt(0) : 63)));
}

/** UTF-8 bytes as text. */
export function fromUtf8(bytes) {
  return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
}

function tail(code, shift) {
  return 0x80 | ((code >> shift) & 0x3f);
}

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime)) found.push(n);
  return found;
}

function fraction(root) {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function padded(bytes) {
  const blocks = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  blocks.set(bytes);
  blocks[bytes.length] = 0x80;
  const view = new DataView(blocks.buffer);
  view.setUint32(blocks.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(blocks.length - 4, (bytes.length << 3) >>> 0);
  return blocks;
}

function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function mix(state, words, blocks, at) {
  for (let i = 0; i < 16; i += 1) {
    const place = at + i * 4;
    words[i] = (blocks[place] << 24) | (blocks[place + 1] << 16) | (blocks[place + 2] << 8) | blocks[place + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const early = turned(words[i - 15], 7) ^ turned(words[i - 15], 18) ^ (words[i - 15] >>> 3);
    const late = turned(words[i - 2], 17) ^ turned(words[i - 2], 19) ^ (words[i - 2] >>> 10);
    words[i] = words[i - 16] + early + words[i - 7] + late;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i] + word) | 0;
  });
}
