// The instant checks: what a row, or a sentence, shows without asking anybody. Pure; the sidebar runs these very
// functions while somebody types. Its twin is tests/contract/plugin/instant.py; both follow instant.yaml.
//
// They are conservative: "missing" only where the full rules are sure to say so too, "ask" wherever they might differ.

/** @typedef {"lit" | "missing" | "ask"} Letter */
/** @typedef {string | number | boolean | null | undefined} Plain */
/** @typedef {{letter: string, code: string, column: string, test: string, other?: string, of?: string, only?: Object<string, string[]>, unless?: Object<string, string[]>}} InstantRule */
/** @typedef {{letters: Object<string, Letter>, fixes: Array<{code: string, column: string}>}} Checked */

/**
 * The five letters of a row, and what puts one out. A day is its serial number or ISO text.
 * @param {Object<string, Plain>} cells by column key, as read from the sheet
 * @returns {Checked}
 */
function instantRow_(cells) {
  /** @type {Object<string, Letter>} */
  const letters = { S: "lit", M: "lit", A: "lit", R: "lit", T: "lit" };
  /** @type {Array<{code: string, column: string}>} */
  const fixes = [];
  for (const letter of RULES_.instant.ask) letters[letter] = "ask";
  for (const rule of /** @type {InstantRule[]} */ (RULES_.instant.rows)) {
    const fires = ruleFires_(rule, cells);
    if (fires === null && letters[rule.letter] === "lit") letters[rule.letter] = "ask";
    if (fires === true) {
      letters[rule.letter] = "missing";
      fixes.push({ code: rule.code, column: rule.column });
    }
  }
  return { letters, fixes };
}

/**
 * The letters that a sentence shows.
 * @param {string} text
 * @returns {Object<string, Letter>}
 */
function instantSentence_(text) {
  const folded = fold_(text);
  const forms = RULES_.instant.sentence;
  if (new RegExp(forms.lit).test(folded)) return { S: "lit", M: "lit", A: "ask", R: "ask", T: "lit" };
  const number = new RegExp(forms.number).test(folded);
  const time = new RegExp(forms.time).test(folded);
  return { S: "ask", M: number ? "ask" : "missing", A: "ask", R: "ask", T: time ? "ask" : "missing" };
}

/**
 * Does a rule find something missing? null when the row alone can't tell.
 * @param {InstantRule} rule
 * @param {Object<string, Plain>} cells
 * @returns {boolean | null}
 */
function ruleFires_(rule, cells) {
  const holds = ruleHolds_(rule, cells);
  if (holds === false) return false;
  const found = ruleTest_(rule, cells);
  return holds === null && found !== false ? null : found;
}

/**
 * Whether the rule is about such a KPI at all, by its choices.
 * @param {InstantRule} rule
 * @param {Object<string, Plain>} cells
 * @returns {boolean | null}
 */
function ruleHolds_(rule, cells) {
  let known = true;
  for (const [wanted, among] of [[rule.only, true], [rule.unless, false]]) {
    for (const [name, codes] of Object.entries(/** @type {Object<string, string[]>} */ (wanted || {}))) {
      const code = choiceCode_(name, cells[name]);
      if (code === null) known = false;
      else if (codes.includes(code) !== among) return false;
    }
  }
  return known ? true : null;
}

/**
 * @param {InstantRule} rule
 * @param {Object<string, Plain>} cells
 * @returns {boolean | null}
 */
function ruleTest_(rule, cells) {
  const value = cells[rule.column];
  if (rule.test === "empty") return emptyTest_(rule.column, value);
  if (rule.test === "not_after") return daysTest_(cells[rule.column], cells[rule.other || ""], 1);
  if (rule.test === "closer") return closerTest_(cells, rule);
  const one = instantNumber_(value);
  const other = instantNumber_(cells[rule.other || ""]);
  if (rule.test === "share") return shareTest_(one, other, cells.unit);
  if (isEmpty_(value) || isEmpty_(cells[rule.other || ""])) return false;
  if (one === null || other === null) return null;
  const near = Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other));
  if (near && one !== other) return null; // the full rules decide what counts as equal
  if (rule.test === "equal") return one === other;
  return rule.test === "below" ? one < other : one > other;
}

/**
 * Is there nothing? A text that may be a failed formula, or a word that the choice doesn't know, is not ours to judge.
 * @param {string} column
 * @param {Plain} value
 * @returns {boolean | null}
 */
function emptyTest_(column, value) {
  if (isEmpty_(value)) return true;
  if (typeof value === "string" && (fold_(value) === "" || value.trim().startsWith("#"))) return null;
  if (column in RULES_.choices) return choiceCode_(column, value) === null ? null : false;
  if (RULES_.tabs.kpis.dates.includes(column)) return instantDay_(value) === null ? null : false;
  if (["baseline", "target", "upper_limit"].includes(column)) return instantNumber_(value) === null ? null : false;
  if (column === "source") return RULES_.instant.sources.includes(fold_(value)) ? false : null;
  return false;
}

/**
 * Are two days fewer than `least` days apart? No day, no answer.
 * @param {Plain} value
 * @param {Plain} other
 * @param {number} least
 * @returns {boolean | null}
 */
function daysTest_(value, other, least) {
  if (isEmpty_(value) || isEmpty_(other)) return false;
  const one = instantDay_(value);
  const two = instantDay_(other);
  return one === null || two === null ? null : one - two < least;
}

/**
 * @param {Object<string, Plain>} cells
 * @param {InstantRule} rule
 * @returns {boolean | null}
 */
function closerTest_(cells, rule) {
  const value = cells[rule.of || ""];
  const other = cells[rule.other || ""];
  const early = daysTest_(value, other, 1);
  if (early !== false || isEmpty_(value) || isEmpty_(other)) return early === null ? null : false;
  const cadence = choiceCode_("cadence", cells.cadence);
  if (cadence === null) return null;
  return daysTest_(value, other, /** @type {Object<string, number>} */ (RULES_.instant.days)[cadence]);
}

/**
 * A percentage typed as 85 % arrives as 0.85.
 * @param {number | null} target
 * @param {number | null} baseline
 * @param {Plain} unit
 * @returns {boolean | null}
 */
function shareTest_(target, baseline, unit) {
  if (target === null || target <= 0 || target >= 1) return false;
  if (typeof unit !== "string" || unit.trim() !== "%") return String(unit).includes("%") ? null : false;
  return baseline === null ? null : baseline < 1;
}

/**
 * A typed number, or a text of digits alone; null for anything that has to be read first.
 * @param {Plain} value
 * @returns {number | null}
 */
function instantNumber_(value) {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^[0-9]{1,15}$/.test(value) ? Number(value) : null;
}

/**
 * A day as a sheet counts it (0 is 1899-12-30), from its serial number or ISO text; null for anything else. Bare years
 * are left to the service.
 * @param {Plain} value
 * @returns {number | null}
 */
function instantDay_(value) {
  if (typeof value === "number") return value >= 20000 && value < 100000 ? Math.floor(value) : null;
  const found = typeof value === "string" ? /^(20[0-9]{2})-([0-9]{2})-([0-9]{2})$/.exec(value) : null;
  if (!found) return null;
  const moment = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  if (new Date(moment).toISOString().slice(0, 10) !== value) return null;
  return moment / 86400000 + 25569;
}

/**
 * The code of a chosen word; what an empty cell stands for; "" where that is nothing; null for a word nobody knows.
 * @param {string} name
 * @param {Plain} value
 * @returns {string | null}
 */
function choiceCode_(name, value) {
  if (isEmpty_(value)) return /** @type {Object<string, string>} */ (RULES_.instant.defaults)[name] || "";
  const codes = /** @type {Object<string, Object<string, string>>} */ (RULES_.choices)[name];
  const word = typeof value === "string" ? fold_(value) : "";
  return Object.prototype.hasOwnProperty.call(codes, word) ? codes[word] : null;
}

/** @param {Plain} value */
function isEmpty_(value) {
  return value === null || value === undefined || value === "";
}

/**
 * Small letters, no accents, single blanks: how words are compared.
 * @param {unknown} text
 * @returns {string}
 */
function fold_(text) {
  const plain = String(text).normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const small = plain.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return small.replace(/[_ \t\n\r\f\v\u2000-\u200a\u202f\u205f\u3000\u00a0]+/g, " ").replace(/^ | $/g, "");
}
