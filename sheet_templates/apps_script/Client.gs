// The one room that touches the network: signed requests to the service, and every way in which they fail as a
// sentence. See docs/webhook.md for what is signed.

const TIMEOUT_SECONDS_ = 30;

/** @typedef {{url: string, secret: string, workbook: string}} Connection */

/** What went wrong with the outside world, told to a person. `offer` is what would help: "connect" or nothing. */
class Trouble_ extends Error {
  /**
   * @param {string} code of a sentence in Words.gs, without "error."
   * @param {Object<string, string | number>=} facts
   * @param {string=} offer
   * @param {string=} sentence the service's own, where it has one
   */
  constructor(code, facts, offer, sentence) {
    super(code);
    this.code = code;
    this.facts = facts || {};
    this.offer = offer || "";
    this.sentence = sentence || "";
  }
}

/**
 * A signed request of this workbook; gives the answer's JSON. Throws Trouble_.
 * @param {"get" | "post"} method
 * @param {string} path plain ASCII
 * @param {Object=} content
 * @returns {any}
 */
function askSigned_(method, path, content) {
  const connection = connection_();
  const body = content ? JSON.stringify(content) : "";
  const target = pathOf_(connection.url) + path;
  const nonce = Utilities.getUuid();
  const send = () => send_(connection.url + path, method, body, signedHeaders_(connection, method, target, body, nonce));
  try {
    return send();
  } catch (error) {
    // The answer may have been lost on its way. The same nonce gets the same run, so asking once more harms nobody.
    if (!(error instanceof Trouble_) || !["no_network", "store_unavailable"].includes(error.code)) throw error;
    Utilities.sleep(1000);
    return send();
  }
}

/**
 * A request before there is a secret: pairing. Throws Trouble_.
 * @param {string} url
 * @param {string} path
 * @param {Object} content
 * @returns {any}
 */
function askUnsigned_(url, path, content) {
  return send_(url + path, "post", JSON.stringify(content), {});
}

/**
 * @param {string} address
 * @param {"get" | "post"} method
 * @param {string} body
 * @param {Object<string, string>} headers
 * @returns {any}
 */
function send_(address, method, body, headers) {
  /** @type {GoogleAppsScript.URL_Fetch.URLFetchRequestOptions & {timeoutSeconds: number}} */
  const options = {
    method: method,
    headers: { ...headers, Accept: "application/json", "Accept-Language": bookLanguage_() },
    followRedirects: false, // a redirect would carry the signature elsewhere
    muteHttpExceptions: true,
    timeoutSeconds: TIMEOUT_SECONDS_,
  };
  if (body) Object.assign(options, { contentType: "application/json", payload: body });
  return readAnswer_(fetched_(address, options), hostOf_(address));
}

/**
 * @param {string} address
 * @param {GoogleAppsScript.URL_Fetch.URLFetchRequestOptions} options
 */
function fetched_(address, options) {
  try {
    return UrlFetchApp.fetch(address, options);
  } catch (error) {
    if (/permission/i.test(String(error))) throw new Trouble_("permission");
    throw new Trouble_("no_network", { host: hostOf_(address) });
  }
}

/**
 * The answer's JSON, or the trouble that it tells.
 * @param {GoogleAppsScript.URL_Fetch.HTTPResponse} answer
 * @param {string} host
 * @returns {any}
 */
function readAnswer_(answer, host) {
  const status = answer.getResponseCode();
  const content = json_(answer.getContentText());
  if (status === 429) throw new Trouble_("busy", { seconds: (content && Number(content.seconds)) || retryAfter_(answer) });
  if (content === null) throw status >= 500 ? new Trouble_("server", { status }) : new Trouble_("not_ours", { host });
  if (status >= 200 && status < 300) return content;
  throw refused_(content, status);
}

/**
 * The trouble behind a problem document: ours where we know more than its own sentence says.
 * @param {any} content
 * @param {number} status
 */
function refused_(content, status) {
  const code = String(content.code || "server");
  if (code === "clock_ahead" || code === "clock_behind") return new Trouble_("clock", { seconds: Number(content.seconds) || 0 });
  if (["bad_signature", "unsigned", "malformed_signature"].includes(code)) return new Trouble_("revoked", {}, "connect");
  const sentence = content.detail || say_("error.server", bookLanguage_(), { status });
  return new Trouble_(code, { status }, "", String(sentence));
}

/**
 * A JSON object, or null for anything else: a page of HTML, say.
 * @param {string} text
 * @returns {any}
 */
function json_(text) {
  try {
    const content = JSON.parse(text);
    return content && typeof content === "object" ? content : null;
  } catch (error) {
    return null;
  }
}

/** @param {GoogleAppsScript.URL_Fetch.HTTPResponse} answer */
function retryAfter_(answer) {
  const found = Object.entries(answer.getHeaders()).find(([name]) => name.toLowerCase() === "retry-after");
  return (found && Number(found[1])) || 60;
}

/**
 * The four headers of docs/webhook.md, and the version of these files, which nobody has to prove.
 * @param {Connection} connection
 * @param {string} method
 * @param {string} target path and query as they go over the wire
 * @param {string} body
 * @param {string} nonce
 * @returns {Object<string, string>}
 */
function signedHeaders_(connection, method, target, body, nonce) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const canonical = ["v1", timestamp, nonce, method.toUpperCase(), target, body].join("\n");
  return {
    "X-Kpi-Sheet": connection.workbook,
    "X-Kpi-Timestamp": timestamp,
    "X-Kpi-Nonce": nonce,
    "X-Kpi-Signature": "v1=" + hmacHex_(connection.secret, canonical),
    "X-Kpi-Plugin": RULES_.version,
  };
}

/**
 * HMAC-SHA256 under the secret's UTF-8 bytes, in lower-case hexadecimal. Without the charset Google would turn é into ?.
 * @param {string} secret
 * @param {string} message
 */
function hmacHex_(secret, message) {
  const bytes = Utilities.computeHmacSha256Signature(message, secret, Utilities.Charset.UTF_8);
  return bytes.map((byte) => (byte & 0xff).toString(16).padStart(2, "0")).join("");
}

/** @param {string} address */
function pathOf_(address) {
  return address.replace(/^https?:\/\/[^/?#]+/i, "");
}

/** @param {string} address */
function hostOf_(address) {
  const found = /^https?:\/\/([^/?#]+)/i.exec(address);
  return found ? found[1] : address;
}
