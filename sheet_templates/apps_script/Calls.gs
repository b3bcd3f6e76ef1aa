// What the sidebar may call. Each answers {value} or {trouble: {code, message, offer}}; a bug is left to fail. (Not called
// Sidebar.gs: Google wants one file of a name.)

/** @typedef {{id: string, dryRun: boolean}} KeptRun */

const WOULD_SHOWN_ = 6; // rows of a dry run that the sidebar lists

/** Connection, language, address and a run that is still going: what the sidebar shows first. */
function sidebarState() {
  const settings = bookSettings_();
  const language = bookLanguage_(settings);
  const kept = PropertiesService.getDocumentProperties().getProperties();
  const run = /** @type {KeptRun | null} */ (json_(kept[KEPT_.run] || "null"));
  const template = kpiTable_() !== null;
  const known = connectionState_(language);
  const address = settings.service_url || kept[KEPT_.url] || "";
  const moved = known.connected && settings.service_url && settings.service_url.trim().replace(/\/+$/, "") !== kept[KEPT_.url];
  return {
    value: {
      ...known,
      ...(moved ? { message: say_("address_changed", language), offer: "connect" } : {}),
      address,
      language,
      run: known.connected ? run : null,
      template,
      templateMessage: template ? "" : say_("error.no_template", language),
      version: RULES_.version,
    },
  };
}

/** @param {Language} language */
function connectionState_(language) {
  try {
    const connection = connection_();
    return { connected: true, message: say_("connected_to", language, { host: hostOf_(connection.url) }), offer: "" };
  } catch (error) {
    if (!(error instanceof Trouble_)) throw error;
    return { connected: false, message: sentence_(error, language), offer: error.offer };
  }
}

/** @param {string} address */
function connectTo(address) {
  return answer_(() => ({ host: hostOf_(pair_(String(address || "")).url) }));
}

function disconnect() {
  return answer_(() => {
    revoke_();
    return true;
  });
}

/**
 * Asks for a sync, or a dry run. Two people who press at once get the same run from the service.
 * @param {boolean} dryRun
 */
function startSync(dryRun) {
  return answer_(() => {
    if (!kpiTable_()) throw new Trouble_("no_template");
    return locked_(() => {
      SpreadsheetApp.flush(); // what was typed a moment ago has to be there when the service reads
      const wanted = { spreadsheetId: SpreadsheetApp.getActive().getId(), ...(dryRun ? { dryRun: true } : {}) };
      const run = askSigned_("post", "/v1/sync", wanted);
      const kept = { id: String(run.run), dryRun: Boolean(dryRun) };
      keep_({ [KEPT_.run]: JSON.stringify(kept) });
      return { ...kept, state: String(run.state) };
    });
  });
}

/**
 * How far a run is, and what it came to. When it is over the sidebar may forget it.
 * @param {string} id
 */
function runState(id) {
  return answer_(() => {
    const run = askSigned_("get", "/v1/runs/" + encodeURIComponent(id));
    const over = ["done", "failed", "cancelled"].includes(run.state);
    if (over) forgetRun_(id);
    const report = run.report && typeof run.report === "object" ? reportSummary_(run.report) : null;
    if (report && !report.dryRun) refreshNotes_();
    const { state, step, done, total } = run;
    return { state, step: step || "", done: done || 0, total: total || 0, over, report, error: run.error || "" };
  });
}

/** @param {string} id */
function cancelRun(id) {
  return answer_(() => {
    askSigned_("post", "/v1/runs/" + encodeURIComponent(id) + "/cancel", {});
    return true;
  });
}

/** The id of the selected row's KPI, "" where none is. The sidebar asks again and again: no network, one cell read. */
function selectedKpi() {
  return answer_(() => {
    const table = kpiTable_();
    if (!table) throw new Trouble_("no_template");
    const row = selectedRow_(table);
    if (row === null || table.keys.id === undefined) return "";
    return String(table.sheet.getRange(row, table.left + table.keys.id).getValue()).trim();
  });
}

/** The card of the selected row's KPI; null where none is selected. */
function selectedCard() {
  return answer_(() => {
    const table = kpiTable_();
    if (!table) throw new Trouble_("no_template");
    const row = selectedRow_(table);
    const [found] = row === null ? [] : readRows_(table, row, 1);
    if (!found || !found.id || !found.filled) return null;
    return { ...cardOf_(found.id), row };
  });
}

/**
 * What the last sync kept of a KPI. Throws Trouble_.
 * @param {string} id
 */
function cardOf_(id) {
  try {
    return askSigned_("get", "/v1/kpis/" + encodeURIComponent(id));
  } catch (error) {
    if (error instanceof Trouble_ && error.code === "no_such_kpi") throw new Trouble_("unsynced");
    throw error;
  }
}

/** @param {string} text a sentence that somebody is writing */
function checkSentence(text) {
  return answer_(() => {
    const id = SpreadsheetApp.getActive().getId();
    return askSigned_("post", "/v1/check", { spreadsheetId: id, lang: bookLanguage_(), statement: String(text) });
  });
}

/**
 * A new KPI as a row of the person's own columns.
 * @param {string} statement
 * @param {Object<string, string | number | boolean>} fields by column key; days as ISO text
 */
function insertKpi(statement, fields) {
  return answer_(() => {
    const table = kpiTable_();
    if (!table) throw new Trouble_("no_template");
    return { row: insertRow_(table, { ...(fields || {}), statement: String(statement) }) };
  });
}

/** @param {string} id */
function forgetRun_(id) {
  const properties = PropertiesService.getDocumentProperties();
  const kept = json_(properties.getProperty(KEPT_.run) || "null");
  if (kept && kept.id === id) properties.deleteProperty(KEPT_.run);
}

/**
 * What a person wants to know of a report: counts by light, by failing source, and what is left to do.
 * @param {any} report
 */
function reportSummary_(report) {
  /** @type {Object<string, number>} */
  const lights = { green: 0, amber: 0, red: 0, grey: 0 };
  for (const kpi of report.kpis || []) if (kpi.light in lights) lights[kpi.light] += 1;
  /** @type {Object<string, {count: number, message: string}>} */
  const failures = {};
  for (const failure of report.failures || []) {
    const source = String(failure.source);
    failures[source] = failures[source] || { count: 0, message: String(failure.message) };
    failures[source].count += 1;
  }
  const issues = (report.issues || []).filter((/** @type {any} */ issue) => ["error", "warning"].includes(issue.severity));
  const cells = report.dry_run ? report.cells_planned : report.cells_written;
  const would = wouldChange_(report);
  return { lights, failures, fixes: issues.length, cells: Number(cells) || 0, dryRun: Boolean(report.dry_run), would };
}

/**
 * What a dry run would write: the first rows, by the KPI's name or the tab's, each with its columns; how many rows more.
 * @param {any} report
 * @returns {{rows: Array<{name: string, columns: string[]}>, more: number}}
 */
function wouldChange_(report) {
  const names = new Map((report.kpis || []).map((/** @type {any} */ kpi) => [kpi.id, String(kpi.name)]));
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const cell of (report.would_change && report.would_change.cells) || []) {
    const name = names.get(cell.kpi) || String(cell.cell).replace(/!.*$/, "").replace(/^'|'$/g, "");
    const columns = found.get(name) || [];
    if (!columns.includes(cell.column)) columns.push(cell.column);
    found.set(name, columns);
  }
  const rows = [...found].map(([name, columns]) => ({ name, columns }));
  return { rows: rows.slice(0, WOULD_SHOWN_), more: Math.max(0, rows.length - WOULD_SHOWN_) };
}

/**
 * @template T
 * @param {() => T} work
 * @returns {{value: T} | {trouble: {code: string, message: string, offer: string}}}
 */
function answer_(work) {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof Trouble_)) throw error;
    return { trouble: { code: error.code, message: sentence_(error, bookLanguage_()), offer: error.offer } };
  }
}

/**
 * @param {Trouble_} trouble
 * @param {Language} language
 */
function sentence_(trouble, language) {
  return (trouble.sentence || say_("error." + trouble.code, language, trouble.facts)).slice(0, 400);
}
