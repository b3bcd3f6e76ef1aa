// The tabs below the cells. Hidden sheets have none.

import { byId, element } from "./dom.js";

export class Tabs {
  /** @param {any} app */
  constructor(app) {
    this.app = app;
    this.place = byId("tabs");
    this.place.addEventListener("keydown", (event) => this.key(event));
  }

  get shown() {
    const { book, sheetId } = this.app.model.head;
    return book.tabs.filter((tab) => !tab.hidden || tab.sheetId === sheetId);
  }

  show() {
    const now = JSON.stringify([this.shown, this.app.model.head.sheetId]);
    if (now === this.before) return;
    this.before = now;
    const focused = this.place.contains(document.activeElement);
    this.place.replaceChildren(...this.shown.map((tab) => this.one(tab)));
    const chosen = this.place.querySelector('[aria-selected="true"]');
    chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) chosen?.focus();
  }

  one(tab) {
    const chosen = tab.sheetId === this.app.model.head.sheetId;
    const made = element("button", "", tab.title);
    made.type = "button";
    made.setAttribute("role", "tab");
    made.setAttribute("aria-selected", String(chosen));
    made.setAttribute("aria-controls", "sheet");
    made.dataset.sheet = String(tab.sheetId);
    made.tabIndex = chosen ? 0 : -1;
    if (tab.color) made.style.borderBottomColor = tab.color;
    made.addEventListener("click", () => this.app.open(tab.sheetId));
    return made;
  }

  /** @param {number} step */
  next(step) {
    const { shown } = this;
    const here = shown.findIndex((tab) => tab.sheetId === this.app.model.head.sheetId);
    return this.app.open(shown[(here + step + shown.length) % shown.length].sheetId);
  }

  async key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    await this.next(step);
    this.place.querySelector('[aria-selected="true"]')?.focus();
  }
}
