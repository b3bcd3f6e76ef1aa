// The menu and what its items do. Nothing here runs before a person or a trigger asks for it: a service called at the
// top of a file would break the menu where the plugin has no permission yet.

const SCOPES_ = [
  "https://www.googleapis.com/auth/spreadsheets.currentonly",
  "https://www.googleapis.com/auth/script.container.ui",
  "https://www.googleapis.com/auth/script.external_request",
];

/**
 * Builds the menu. Runs also where nothing is allowed but building a menu (AuthMode.NONE).
 * @param {{authMode?: GoogleAppsScript.Script.AuthMode}=} e
 */
function onOpen(e) {
  const language = menuLanguage_(e);
  const say = (/** @type {string} */ code) => say_(code, language);
  SpreadsheetApp.getUi()
    .createMenu(say("menu"))
    .addItem(say("menu.sync"), "syncFromButton")
    .addItem(say("menu.check"), "checkThisRow")
    .addItem(say("menu.why"), "showWhy")
    .addItem(say("menu.write"), "showWrite")
    .addSeparator()
    .addItem(say("menu.connect"), "showConnect")
    .addItem(say("menu.help"), "showHelp")
    .addToUi();
}

/** @param {{authMode?: GoogleAppsScript.Script.AuthMode}=} e */
function onInstall(e) {
  onOpen(e);
}

/** Opens the sidebar and starts a sync in it. Bind a drawn button to this name. */
function syncFromButton() {
  showSidebar_("sync");
}

/** Opens the sidebar at the card of the selected KPI. */
function showWhy() {
  showSidebar_("why");
}

/** Opens the sidebar at "Write a KPI". */
function showWrite() {
  showSidebar_("write");
}

/** Opens the sidebar at the connection. */
function showConnect() {
  showSidebar_("connect");
}

/** Opens the sidebar at the help. */
function showHelp() {
  showSidebar_("help");
}

/** The instant checks of the selected row: notes and drop-down are brought up to date, and a toast says the letters. */
function checkThisRow() {
  const table = kpiTable_();
  const row = table ? selectedRow_(table) : null;
  if (!table || row === null) {
    toast_(say_(table ? "no_row" : "error.no_template", bookLanguage_()));
    return;
  }
  const [checked] = lookOver_(table, row, 1, true);
  toast_(checked ? rowSentence_(table, checked) : say_("empty_row", table.language));
}

/** @param {string} view the part of the sidebar to show first */
function showSidebar_(view) {
  ScriptApp.requireScopes(ScriptApp.AuthMode.FULL, SCOPES_);
  const language = bookLanguage_();
  const page = HtmlService.createTemplateFromFile("Sidebar");
  page.language = language;
  page.locale = bookLocale_();
  page.view = view;
  page.words = JSON.stringify(WORDS_[language]);
  SpreadsheetApp.getUi().showSidebar(page.evaluate().setTitle(say_("title", language)));
}

/**
 * The source of another HTML file, for the sidebar's parts.
 * @param {string} name
 */
function include_(name) {
  return HtmlService.createHtmlOutputFromFile(name).getContent();
}

/**
 * What the sidebar's own scripts know: the instant check of a sentence, the columns' names, the words of choices. The
 * check is this project's own function, so that both sides say the same while somebody types.
 * @param {Language} language
 */
function sidebarFacts_(language) {
  const names = Object.entries(RULES_.tabs.kpis.names).map(([key, name]) => [key, name[language]]);
  const labels = Object.entries(RULES_.labels).map(([key, words]) => [key, words[language]]);
  const facts = {
    RULES_: { instant: { sentence: RULES_.instant.sentence } },
    COLUMNS_: Object.fromEntries(names),
    LABELS_: Object.fromEntries(labels),
  };
  const constants = Object.entries(facts).map(([name, value]) => "const " + name + " = " + scriptSafe_(value) + ";");
  return "<script>" + [...constants, String(fold_), String(instantSentence_)].join("\n") + "<\/script>";
}

/**
 * A value as a script may hold it: no text in it can end the script.
 * @param {any} value
 */
function scriptSafe_(value) {
  return JSON.stringify(value).replace(/</g, "\\u003c").replace(/\u2028|\u2029/g, " ");
}

/**
 * The workbook's language where it may be read, the person's own otherwise.
 * @param {{authMode?: GoogleAppsScript.Script.AuthMode}=} e
 * @returns {Language}
 */
function menuLanguage_(e) {
  if (e && e.authMode === ScriptApp.AuthMode.NONE) return languageOf_(Session.getActiveUserLocale());
  return languageOf_(SpreadsheetApp.getActive().getSpreadsheetLocale());
}

/** @param {string} sentence */
function toast_(sentence) {
  SpreadsheetApp.getActive().toast(sentence, "Semáforo", 8);
}
