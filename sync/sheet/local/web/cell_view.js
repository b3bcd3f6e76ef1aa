// What one cell of the table looks like. Texts go in as text, styles as the server's own CSS: nothing typed is markup.

import { cellName } from "./a1.js";
import { element } from "./dom.js";
import { drawSpark } from "./spark.js";

/**
 * @param {HTMLTableCellElement} cell @param {import("./model.js").TabModel} model
 * @param {number} row @param {number} column @param {number} after the column to the right of it
 * @param {Record<string, string>} words
 */
export function dress(cell, model, row, column, after, words) {
  const found = model.cell(row, column);
  const style = model.head.styles[found.style];
  const rule = model.head.rules[found.rule];
  const clipped = style.wrap === "clip" || model.cell(row, after).text;
  const kinds = [
    style.wrap === "wrap" && "w",
    style.wrap !== "wrap" && clipped && "k",
    found.note && "n",
    found.bad && "bad",
    rule?.kind === "list" && "d",
  ];
  cell.style.cssText = style.css;
  cell.className = kinds.filter(Boolean).join(" ");
  if (found.note) cell.setAttribute("aria-description", `${words.note}: ${found.note}`);
  if (found.bad) cell.setAttribute("aria-invalid", "true");
  if (found.spark) cell.append(drawSpark(found.spark, model.columnWidth(column) - 6, model.rowHeight(row) - 5));
  else if (rule?.kind === "checkbox") cell.append(checkBox(found, rule, cellName(row, column)));
  else write(cell, found.text, model.fixedHeight(row));
}

/** A row of a set height cuts off what does not fit; a table row would grow, so a box inside does it. */
function write(cell, text, fixed) {
  if (!fixed || !cell.classList.contains("w")) {
    cell.textContent = text;
    return;
  }
  const inner = element("div", "fixed", text);
  inner.style.maxHeight = `${fixed - 4}px`;
  cell.append(inner);
}

function checkBox(cell, rule, name) {
  const box = element("input");
  box.type = "checkbox";
  box.tabIndex = -1;
  box.checked = cell.input === rule.options[0];
  box.setAttribute("aria-label", name);
  return box;
}
