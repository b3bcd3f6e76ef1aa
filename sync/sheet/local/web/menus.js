// Menus: the bar's and the one that opens over the cells. Arrow keys move, Escape closes, letters find.

import { element } from "./dom.js";

/** @typedef {{label?: string, run?: () => void, items?: Entry[], line?: boolean, hint?: string, off?: boolean}} Entry */

let open = null;

/** Close whatever menu is open. */
export function closeMenu(focus = false) {
  if (!open) return;
  const { box, from } = open;
  open = null;
  box.remove();
  from?.setAttribute?.("aria-expanded", "false");
  if (focus) from?.focus?.();
}

/**
 * Open a menu at a place.
 * @param {Entry[]} entries @param {{x: number, y: number, from?: HTMLElement, label?: string, back?: () => void,
 *   aside?: (step: number) => void}} at
 */
export function openMenu(entries, at) {
  closeMenu();
  const box = element("ul", "menu");
  box.setAttribute("role", "menu");
  if (at.label) box.setAttribute("aria-label", at.label);
  for (const entry of flatten(entries)) box.append(line(entry, at));
  document.body.append(box);
  box.style.left = `${Math.max(4, Math.min(at.x, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(4, Math.min(at.y, innerHeight - box.offsetHeight - 8))}px`;
  at.from?.setAttribute("aria-expanded", "true");
  open = { box, from: at.from };
  box.addEventListener("keydown", (event) => keys(event, box, at));
  box.querySelector('[role="menuitem"]:not([aria-disabled="true"])')?.focus();
}

/** A submenu stands as a titled part of its menu: one level is easier to reach by keys and screen readers. */
function flatten(entries) {
  return entries.flatMap((entry) =>
    entry.items ? [{ line: true }, { label: entry.label, title: true }, ...flatten(entry.items)] : [entry],
  );
}

function line(entry, at) {
  const item = element("li");
  if (entry.line) {
    item.setAttribute("role", "separator");
    return item;
  }
  item.textContent = entry.label;
  if (entry.title) {
    item.className = "title";
    item.setAttribute("role", "presentation");
    return item;
  }
  item.setAttribute("role", "menuitem");
  item.tabIndex = -1;
  if (entry.hint) {
    const hint = element("kbd", "", entry.hint);
    hint.setAttribute("aria-hidden", "true");
    item.append(hint);
  }
  if (entry.off) item.setAttribute("aria-disabled", "true");
  item.addEventListener("click", () => {
    if (entry.off) return;
    closeMenu();
    at.back?.();
    entry.run();
  });
  item.addEventListener("mouseenter", () => item.focus());
  return item;
}

function keys(event, box, at) {
  const items = [...box.querySelectorAll('[role="menuitem"]')];
  const here = items.indexOf(document.activeElement);
  const { key } = event;
  event.stopPropagation();
  if (key === "ArrowDown") items[(here + 1) % items.length].focus();
  else if (key === "ArrowUp") items[(here - 1 + items.length) % items.length].focus();
  else if (key === "Home") items[0].focus();
  else if (key === "End") items.at(-1).focus();
  else if (key === "Enter" || key === " ") items[here]?.click();
  else if (key === "Escape" || key === "Tab") {
    closeMenu(true);
    at.back?.();
  } else if (key === "ArrowRight" || key === "ArrowLeft") at.aside?.(key === "ArrowRight" ? 1 : -1);
  else if (key.length === 1) startingWith(items, here, key)?.focus();
  else return;
  event.preventDefault();
}

function startingWith(items, here, key) {
  const turned = [...items.slice(here + 1), ...items.slice(0, here + 1)];
  return turned.find((item) => item.textContent.toLocaleLowerCase().startsWith(key.toLocaleLowerCase()));
}

document.addEventListener("mousedown", (event) => {
  if (open && !open.box.contains(event.target) && !open.from?.contains?.(event.target)) closeMenu();
});

/** The bar of menus. `menus()` is asked at each opening, so that what is greyed is up to date. */
export class MenuBar {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.list = element("div", "menubar");
    this.list.setAttribute("role", "menubar");
    this.list.setAttribute("aria-label", place.getAttribute("aria-label"));
    place.append(this.list);
  }

  /** @param {{label: string, entries: () => Entry[]}[]} menus */
  show(menus) {
    this.menus = menus;
    const heads = menus.map((menu, place) => this.head(menu, place));
    this.list.replaceChildren(...heads);
  }

  head(menu, place) {
    const head = element("button", "", menu.label);
    head.type = "button";
    head.setAttribute("role", "menuitem");
    head.setAttribute("aria-haspopup", "menu");
    head.setAttribute("aria-expanded", "false");
    head.tabIndex = place === 0 ? 0 : -1;
    head.addEventListener("click", () => (head.getAttribute("aria-expanded") === "true" ? closeMenu(true) : this.open(place)));
    head.addEventListener("mouseenter", () => open && this.list.contains(open.from) && this.open(place));
    head.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) this.go(place + step).focus();
      else if (event.key === "ArrowDown") this.open(place);
      else return;
      event.preventDefault();
    });
    return head;
  }

  go(place) {
    const size = this.list.children.length;
    return /** @type {HTMLElement} */ (this.list.children[(place + size) % size]);
  }

  open(place) {
    const size = this.menus.length;
    const head = this.go(place);
    const at = head.getBoundingClientRect();
    openMenu(this.menus[(place + size) % size].entries(), {
      x: at.left,
      y: at.bottom + 2,
      from: head,
      label: head.textContent,
      aside: (step) => this.open(place + step),
    });
  }
}
