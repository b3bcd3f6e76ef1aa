// Questions to the person, as the browser's own modal dialogs: the focus stays inside and comes back.

import { element } from "./dom.js";

/**
 * @param {{title: string, text?: string, field?: string, ok: string, cancel?: string}} what
 * with `field` a text is asked for, which begins with it
 * @returns {Promise<string | boolean | null>} the text, true for a yes, null for a no
 */
export function ask({ title, text, field, ok, cancel }) {
  const dialog = element("dialog");
  const form = element("form");
  form.method = "dialog";
  const head = element("h2", "", title);
  head.id = "dialog-title";
  dialog.setAttribute("aria-labelledby", head.id);
  form.append(head);
  if (text) form.append(element("p", "", text));
  const area = field === undefined ? null : element("textarea");
  if (area) {
    area.value = field;
    area.rows = 5;
    area.setAttribute("aria-labelledby", head.id);
    form.append(area);
  }
  const buttons = element("div", "buttons");
  if (cancel) buttons.append(button(cancel, "no"));
  buttons.append(button(ok, "yes", "main"));
  form.append(buttons);
  dialog.append(form);
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  (area || buttons.querySelector("button:last-child")).focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const yes = dialog.returnValue === "yes";
      dialog.remove();
      resolve(yes ? (area ? area.value : true) : null);
    });
  });
}

function button(text, value, className) {
  const made = element("button", className, text);
  made.value = value;
  if (value === "no") made.formNoValidate = true;
  return made;
}
