// The few words with which the page makes its elements.

/** @param {string} name @param {string} [className] @param {string} [text] @returns {any} an element of that name */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** Put words into a sentence with {names}. @param {string} sentence @param {Record<string, any>} facts */
export const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));

/** A sentence for a moment, said aloud too. @param {string} text @param {string} [title] @param {number} [seconds] */
export function toast(text, title = "", seconds = 5) {
  const box = element("div", "toast");
  if (title) box.append(element("strong", "", title));
  box.append(element("span", "", text));
  byId("toasts").append(box);
  if (seconds > 0) setTimeout(() => box.remove(), Math.min(seconds, 60) * 1000);
  return box;
}
