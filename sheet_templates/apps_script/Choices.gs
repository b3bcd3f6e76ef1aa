// The drop-down of a row's Metric cell: the metrics of the source that the row names. Never strict, and only where no
// person has a rule of their own. For a platform the Catalogue tab says what to type in Source for each metric; for the
// tabs that people fill themselves it is what stands there.

/** @typedef {GoogleAppsScript.Spreadsheet.DataValidation | null} Rule */

const OWN_TABS_ = /** @type {TabKey[]} */ (["measurements", "surveys"]); // a source of the name of the tab

/** @type {Map<string, string[]> | null} */
let catalogueRead_ = null; // for the rest of this execution; the next one starts afresh

/**
 * The Metric cells whose drop-down has to change: row of the sheet -> its rule, null for none. Reads only, each thing
 * once: the rules that are there, the Catalogue, the headings of the two tabs.
 * @param {Table} table
 * @param {Row[]} rows neighbours
 * @returns {Map<number, Rule>}
 */
function metricRules_(table, rows) {
  /** @type {Map<number, Rule>} */
  const changes = new Map();
  if (!rows.length || table.keys.source === undefined || table.keys.metric === undefined) return changes;
  const column = table.left + table.keys.metric;
  const present = table.sheet.getRange(rows[0].row, column, rows.length, 1).getDataValidations();
  /** @type {Map<string, Rule>} */
  const made = new Map();
  rows.forEach((row, at) => {
    const [rule] = present[at];
    if (rule && !isOurRule_(rule)) return;
    const name = sourceName_(row.cells.source);
    if (!made.has(name)) made.set(name, ruleFor_(name, table.language));
    const next = made.get(name) || null;
    if (ruleText_(rule) !== ruleText_(next)) changes.set(row.row, next);
  });
  return changes;
}

/**
 * @param {Table} table
 * @param {Map<number, Rule>} changes
 */
function writeRules_(table, changes) {
  for (const [first, last] of runs_([...changes.keys()])) {
    const block = Array.from({ length: last - first + 1 }, (_, at) => [changes.get(first + at) || null]);
    table.sheet.getRange(first, table.left + table.keys.metric, block.length, 1).setDataValidations(block);
  }
}

/**
 * The part of a Source that names it, as names are compared: "GA4@client: 123" is "ga4".
 * @param {Plain} text
 * @returns {string}
 */
function sourceName_(text) {
  const [name] = isEmpty_(text) ? [""] : String(text).split(/[:@]/);
  return fold_(name.replace(/-/g, " "));
}

/**
 * @param {string} name
 * @param {Language} language
 * @returns {Rule}
 */
function ruleFor_(name, language) {
  if (!name) return null;
  const tab = OWN_TABS_.find((key) => Object.values(RULES_.tabs[key].title).map(fold_).includes(name));
  if (tab) return tabRule_(tab, language);
  const metrics = catalogueMetrics_().get(name);
  if (!metrics) return null;
  const rule = SpreadsheetApp.newDataValidation().requireValueInList(metrics, true);
  return ourRule_(rule, say_("metric.list", language, { source: name }));
}

/**
 * What stands in the Metric column of a tab, now and later on.
 * @param {TabKey} key
 * @param {Language} language
 * @returns {Rule}
 */
function tabRule_(key, language) {
  const table = table_(key);
  if (!table || table.keys.metric === undefined || table.last === table.top) return null;
  const range = table.sheet.getRange(table.top + 1, table.left + table.keys.metric, table.last - table.top, 1);
  const rule = SpreadsheetApp.newDataValidation().requireValueInRange(range, true);
  return ourRule_(rule, say_("metric.tab", language, { tab: table.sheet.getName() }));
}

/**
 * @param {GoogleAppsScript.Spreadsheet.DataValidationBuilder} rule
 * @param {string} help
 */
function ourRule_(rule, help) {
  return rule.setAllowInvalid(true).setHelpText(NOTE_MARK_ + help).build();
}

/**
 * Whether we made a rule: one that a person made strict, or gave other words, is theirs.
 * @param {GoogleAppsScript.Spreadsheet.DataValidation} rule
 */
function isOurRule_(rule) {
  return rule.getAllowInvalid() && String(rule.getHelpText() || "").startsWith(NOTE_MARK_);
}

/**
 * A rule as text, to tell whether two are the same; "" for none.
 * @param {Rule} rule
 */
function ruleText_(rule) {
  return rule ? rule.getHelpText() + "\n" + choicesText_(rule) : "";
}

/** @param {GoogleAppsScript.Spreadsheet.DataValidation} rule */
function choicesText_(rule) {
  try {
    const [what] = rule.getCriteriaValues();
    return Array.isArray(what) ? what.join("\n") : what.getSheet().getSheetId() + "!" + what.getA1Notation();
  } catch (error) {
    return String(error); // a range whose tab is gone: whatever it is, it is not what we want there
  }
}

/** The metrics of each source by its folded name; empty where there is no Catalogue, or an older one. */
function catalogueMetrics_() {
  if (catalogueRead_ === null) catalogueRead_ = readCatalogue_();
  return catalogueRead_;
}

/** @returns {Map<string, string[]>} */
function readCatalogue_() {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  const range = SpreadsheetApp.getActive().getRangeByName(RULES_.prefix + "catalogue");
  if (!range) return found;
  const [headings, ...lines] = range.getValues();
  const { source, metric } = columnPlaces_("catalogue", headings.map(String));
  if (source === undefined || metric === undefined) return found;
  for (const line of lines) {
    const name = String(line[metric]).trim();
    for (const typed of name ? String(line[source]).split("\n") : []) addTo_(found, sourceName_(typed), name);
  }
  return found;
}

/**
 * @param {Map<string, string[]>} found
 * @param {string} key
 * @param {string} name
 */
function addTo_(found, key, name) {
  const names = found.get(key) || [];
  if (key && !names.includes(name)) found.set(key, [...names, name]);
}
