// Connecting this workbook to a service, and what is kept of it: the address, the secret, and the workbook that it was
// given to. A copied workbook finds another id there and has to connect anew. The secret is never shown.

const KEPT_ = { url: "semaforo.url", secret: "semaforo.secret", workbook: "semaforo.workbook", run: "semaforo.run" };
const PAIR_KEY_ = "semaforo.pair";
const LOCK_MILLISECONDS_ = 2000;

/**
 * What this workbook signs with. Throws Trouble_ when it isn't connected.
 * @returns {Connection}
 */
function connection_() {
  const kept = PropertiesService.getDocumentProperties().getProperties();
  const [url, secret, workbook] = [kept[KEPT_.url], kept[KEPT_.secret], kept[KEPT_.workbook]];
  if (!url || !secret) throw new Trouble_("not_connected", {}, "connect");
  if (workbook !== SpreadsheetApp.getActive().getId()) throw new Trouble_("copied", {}, "connect");
  return { url, secret, workbook };
}

/**
 * Trades a one-time code, which the service leaves in this very workbook, for its secret. Throws Trouble_.
 * @param {string} typed the address; the one of the Settings tab when empty
 * @returns {Connection}
 */
function pair_(typed) {
  const url = cleanAddress_(typed || bookSettings_().service_url || "");
  const workbook = SpreadsheetApp.getActive().getId();
  return locked_(() => {
    askUnsigned_(url, "/v1/pair/start", { spreadsheetId: workbook });
    const answer = askUnsigned_(url, "/v1/pair/finish", { spreadsheetId: workbook, code: pairCode_() });
    const secret = String(answer.secret || "");
    if (!secret) throw new Trouble_("not_ours", { host: hostOf_(url) });
    keep_({ [KEPT_.url]: url, [KEPT_.secret]: secret, [KEPT_.workbook]: workbook });
    return { url, secret, workbook };
  });
}

/** The code in the workbook's developer metadata; it may take a moment to be seen. */
function pairCode_() {
  for (let tries = 0; tries < 5; tries += 1) {
    const found = SpreadsheetApp.getActive().createDeveloperMetadataFinder().withKey(PAIR_KEY_).find();
    const code = found.length ? found[found.length - 1].getValue() : null;
    if (code) return code;
    Utilities.sleep(600);
  }
  throw new Trouble_("no_code");
}

/** The secret dies at the service, and is forgotten here. One that is dead already is only forgotten. */
function revoke_() {
  try {
    askSigned_("post", "/v1/pair/revoke", { spreadsheetId: connection_().workbook });
  } catch (error) {
    if (!(error instanceof Trouble_) || !["revoked", "not_connected", "copied"].includes(error.code)) throw error;
  }
  const properties = PropertiesService.getDocumentProperties();
  for (const key of Object.values(KEPT_)) properties.deleteProperty(key);
}

/**
 * An address without blanks and slashes at its end. Only this machine's own may go without https. Throws Trouble_.
 * @param {string} typed
 * @returns {string}
 */
function cleanAddress_(typed) {
  const address = typed.trim().replace(/\/+$/, "");
  if (!address) throw new Trouble_("no_address");
  if (/^https:\/\/[^\s/?#@]+(\/[\x21-\x7e]*)?$/i.test(address)) return address;
  if (/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/[\x21-\x7e]*)?$/i.test(address)) return address;
  throw new Trouble_("bad_address");
}

/** @param {Object<string, string>} pairs */
function keep_(pairs) {
  PropertiesService.getDocumentProperties().setProperties(pairs);
}

/**
 * One at a time in this workbook; the service itself gathers what comes twice. Throws Trouble_.
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
function locked_(work) {
  const lock = LockService.getDocumentLock();
  if (!lock || !lock.tryLock(LOCK_MILLISECONDS_)) throw new Trouble_("somebody");
  try {
    return work();
  } finally {
    lock.releaseLock();
  }
}
