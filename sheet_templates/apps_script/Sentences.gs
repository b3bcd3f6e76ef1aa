// Sentences in the workbook's language, out of the generated Words.gs.

/** @typedef {"es" | "en"} Language */

/**
 * A sentence with its {facts} filled in.
 * @param {string} code
 * @param {Language} language
 * @param {Object<string, string | number>=} facts
 * @returns {string}
 */
function say_(code, language, facts) {
  const sentence = /** @type {Object<string, string>} */ (WORDS_[language])[code];
  if (sentence === undefined) throw new Error("No words for " + code);
  return fill_(sentence, facts || {});
}

/**
 * @param {string} sentence
 * @param {Object<string, string | number>} facts
 * @returns {string}
 */
function fill_(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/**
 * The language of a locale (es_MX, en-GB, fr) that we have words for; English for any other.
 * @param {string} locale
 * @returns {Language}
 */
function languageOf_(locale) {
  return /^es([_-]|$)/i.test(locale || "") ? "es" : "en";
}
