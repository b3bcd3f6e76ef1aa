// What the Settings tab says: the workbook's language and the address of the service.

/** @type {Object<string, string> | null} */
let settingsRead_ = null; // for the rest of this execution; the next one starts afresh

/**
 * The owner's choices, key -> text; empty without the template.
 * @returns {Object<string, string>}
 */
function bookSettings_() {
  if (settingsRead_ === null) settingsRead_ = readSettings_();
  return settingsRead_;
}

/** @returns {Object<string, string>} */
function readSettings_() {
  const table = table_("settings");
  /** @type {Object<string, string>} */
  const found = {};
  if (!table || table.keys.key === undefined || table.keys.value === undefined) return found;
  const count = Math.min(table.last - table.top, 40);
  const lines = table.sheet.getRange(table.top + 1, table.left, count, table.width).getDisplayValues();
  for (const line of lines) {
    const key = line[table.keys.key].trim();
    const value = line[table.keys.value].trim();
    if (key && value) found[key] = value;
  }
  return found;
}

/** How the workbook writes numbers and days: es-ES, en-GB… */
function bookLocale_() {
  return (bookSettings_().locale || SpreadsheetApp.getActive().getSpreadsheetLocale()).replace(/_/g, "-");
}

/**
 * The language in which the workbook is served.
 * @param {Object<string, string>=} settings where they have been read already
 * @returns {Language}
 */
function bookLanguage_(settings) {
  const chosen = (settings || bookSettings_()).language || "";
  const code = /** @type {Object<string, string>} */ (RULES_.languages)[fold_(chosen)];
  if (code === "es" || code === "en") return code;
  return languageOf_(SpreadsheetApp.getActive().getSpreadsheetLocale());
}
