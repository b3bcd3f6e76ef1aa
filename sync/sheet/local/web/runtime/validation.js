// DataValidation and its builder, as scripts know them, over the API's DataValidationRule.
// https://developers.google.com/apps-script/reference/spreadsheet/data-validation-builder

import { columnLetters } from "./cells.js";

// The API's name of a condition -> Google's name of the same criterion for scripts.
const CRITERIA = {
  ONE_OF_LIST: "VALUE_IN_LIST",
  ONE_OF_RANGE: "VALUE_IN_RANGE",
  BOOLEAN: "CHECKBOX",
  CUSTOM_FORMULA: "CUSTOM_FORMULA",
  DATE_AFTER: "DATE_AFTER",
  DATE_BEFORE: "DATE_BEFORE",
  DATE_BETWEEN: "DATE_BETWEEN",
  DATE_EQ: "DATE_EQUAL_TO",
  DATE_IS_VALID: "DATE_IS_VALID_DATE",
  DATE_NOT_BETWEEN: "DATE_NOT_BETWEEN",
  DATE_ON_OR_AFTER: "DATE_ON_OR_AFTER",
  DATE_ON_OR_BEFORE: "DATE_ON_OR_BEFORE",
  NUMBER_BETWEEN: "NUMBER_BETWEEN",
  NUMBER_EQ: "NUMBER_EQUAL_TO",
  NUMBER_GREATER: "NUMBER_GREATER_THAN",
  NUMBER_GREATER_THAN_EQ: "NUMBER_GREATER_THAN_OR_EQUAL_TO",
  NUMBER_LESS: "NUMBER_LESS_THAN",
  NUMBER_LESS_THAN_EQ: "NUMBER_LESS_THAN_OR_EQUAL_TO",
  NUMBER_NOT_BETWEEN: "NUMBER_NOT_BETWEEN",
  NUMBER_NOT_EQ: "NUMBER_NOT_EQUAL_TO",
  TEXT_CONTAINS: "TEXT_CONTAINS",
  TEXT_EQ: "TEXT_EQUAL_TO",
  TEXT_IS_EMAIL: "TEXT_IS_VALID_EMAIL",
  TEXT_IS_URL: "TEXT_IS_VALID_URL",
  TEXT_NOT_CONTAINS: "TEXT_DOES_NOT_CONTAIN",
};
export const CRITERIA_NAMES = Object.fromEntries(Object.values(CRITERIA).map((name) => [name, name]));

/** What a rule needs of its workbook. */
export function rulePlace(spreadsheet, guard) {
  return { guard, rangeOf: (text) => spreadsheet.getRangeByName(text) || spreadsheet.getRange(text) };
}

/** What a rule and its builder both tell. */
class Rule {
  constructor(place, message) {
    this.place = place;
    this.message = message;
  }

  getAllowInvalid() { return !this.message.strict; }
  getHelpText() { return this.message.inputMessage || null; }
  getCriteriaType() { return this.message.condition ? CRITERIA[this.message.condition.type] || null : null; }

  /** A list comes as [its texts, arrow?], a range as [Range, arrow?], numbers as numbers, anything else as its text. */
  getCriteriaValues() {
    const { type, values = [] } = this.message.condition || {};
    const typed = values.map((each) => each.userEnteredValue);
    const arrow = Boolean(this.message.showCustomUi);
    if (type === "ONE_OF_LIST") return [typed, arrow];
    if (type === "ONE_OF_RANGE") return [this.place.rangeOf(typed[0].replace(/^=/, "")), arrow];
    return type && type.startsWith("NUMBER_") ? typed.map(Number) : typed;
  }

  copy() { return new DataValidationBuilder(this.place, { ...this.message }); }
}

export class DataValidation extends Rule {}

export class DataValidationBuilder extends Rule {
  requireValueInList(values, showDropdown = true) {
    this.#ensure(Array.isArray(values), "requireValueInList");
    return this.#with("ONE_OF_LIST", values.map(String), showDropdown);
  }

  requireValueInRange(range, showDropdown = true) {
    this.#ensure(range && typeof range.getA1Notation === "function", "requireValueInRange");
    return this.#with("ONE_OF_RANGE", [absolute(range)], showDropdown);
  }

  setAllowInvalid(allowInvalidData) {
    this.message.strict = !allowInvalidData;
    return this;
  }

  setHelpText(helpText) {
    this.message.inputMessage = String(helpText);
    return this;
  }

  build() { return new DataValidation(this.place, { ...this.message }); }

  #with(type, texts, showCustomUi) {
    const values = texts.map((text) => ({ userEnteredValue: text }));
    Object.assign(this.message, { condition: { type, values }, showCustomUi: Boolean(showCustomUi) });
    return this;
  }

  #ensure(holds, name) {
    this.place.guard.ensure(holds, `The parameters don't match the method signature for DataValidationBuilder.${name}.`);
  }
}

/** ='Ana''s'!$B$2:$B$9 */
function absolute(range) {
  const cell = (row, column) => `$${columnLetters(column)}$${row}`;
  const first = cell(range.getRow(), range.getColumn());
  const last = cell(range.getLastRow(), range.getLastColumn());
  return `='${range.getSheet().getName().replace(/'/g, "''")}'!${first}${first === last ? "" : `:${last}`}`;
}
