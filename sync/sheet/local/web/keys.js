// What the keys do while the cells have the focus, and F6, which leads on to the next part of the page.

import { byId } from "./dom.js";
import { closeMenu } from "./menus.js";

/** @param {any} app */
export function listen(app) {
  const { table } = app.grid;
  table.addEventListener("keydown", (event) => cellKey(app, event));
  table.addEventListener("dblclick", (event) => event.target.closest("td[data-row]") && app.editor.open());
  table.addEventListener("click", (event) => click(app, event));
  table.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    app.openCellMenu(event.clientX, event.clientY);
  });
  window.addEventListener("keydown", (event) => pageKey(app, event));
  byId("where").addEventListener("keydown", (event) => whereKey(app, event));
  byId("where").addEventListener("focus", (event) => event.target.select());
}

const CONTROL = {
  z: (app, shift) => (shift ? app.redo() : app.undo()),
  y: (app) => app.redo(),
  d: (app) => app.fill("ROWS"),
  r: (app) => app.fill("COLUMNS"),
  b: (app) => app.toggle("bold"),
  i: (app) => app.toggle("italic"),
};

/** @param {any} app @param {KeyboardEvent} event */
function cellKey(app, event) {
  if (event.defaultPrevented || event.isComposing) return;
  const { key, shiftKey: shift, altKey: alt } = event;
  const control = event.ctrlKey || event.metaKey;
  if (used()) event.preventDefault();

  function used() {
    if (control && shift && key.startsWith("Page")) return false;
    if (control && !alt && CONTROL[key.toLowerCase()]) CONTROL[key.toLowerCase()](app, shift);
    else if (shift && key === "F2") app.editNote();
    else if (key === "F2" || (key === "Enter" && !control)) app.editor.open();
    else if (alt && key === "ArrowDown") app.editor.open(undefined, { choose: true });
    else if (key === "Delete" || key === "Backspace") app.clear();
    else if (key === "ContextMenu" || (shift && key === "F10")) app.openCellMenu();
    else if (key === " " && !shift && !control && app.tick()) return true;
    else if (app.selection.key(event)) return true;
    else if (key.length === 1 && !control && (!alt || key !== key.toLowerCase())) app.editor.open(key);
    else if (key === "Dead" || key === "Process") app.editor.open("");
    else return false;
    return key !== "Dead" && key !== "Process"; // an accent goes on into the field
  }
}

function click(app, event) {
  if (event.target.matches('input[type="checkbox"]')) {
    event.preventDefault();
    app.tick();
    return;
  }
  const cell = event.target.closest("td.d");
  if (cell && event.clientX > cell.getBoundingClientRect().right - 18) app.editor.open(undefined, { choose: true });
}

const PARTS = ['#menus [tabindex="0"]', '#toolbar [tabindex="0"]', "#where", "#sheet td.here", "#side iframe", '#tabs [tabindex="0"]'];

/** @param {any} app @param {KeyboardEvent} event */
function pageKey(app, event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.key === "F6") {
    event.preventDefault();
    closeMenu();
    onward(event.shiftKey ? -1 : 1);
  } else if (control && event.shiftKey && event.key.startsWith("Page")) {
    event.preventDefault();
    app.onward(event.key === "PageDown" ? 1 : -1);
  } else if (control && !event.altKey && "zy".includes(event.key.toLowerCase()) && document.activeElement === document.body) {
    event.preventDefault();
    CONTROL[event.key.toLowerCase()](app, event.shiftKey);
  }
}

function onward(step) {
  /** @type {any[]} */
  const found = PARTS.map((one) => document.querySelector(one));
  const parts = found.filter((one) => one && one.offsetParent !== null);
  const here = parts.findIndex((one) => one === document.activeElement || one.parentElement?.contains(document.activeElement));
  parts[(here + step + parts.length) % parts.length].focus();
}

function whereKey(app, event) {
  if (event.key === "Enter") app.goTo(event.target.value);
  else if (event.key === "Escape") app.grid.focus();
  else return;
  event.preventDefault();
  app.moved();
}
