/** A button with a small menu above or below it; arrow keys walk through it, Esc closes it. */

import { button, el, iconButton } from "./dom.js";

/** Make the button; `entries()` gives {label, chosen, danger?} for each time it is opened. */
export function menuButton(drawing, label, entries) {
  const list = el("div", { class: "menu-list", role: "menu", "aria-label": label, hidden: true });
  const opener = iconButton(drawing, label, () => (list.hidden ? open() : close()), { "aria-haspopup": "menu", "aria-expanded": "false" });
  const close = () => {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  };
  const open = () => {
    list.replaceChildren(...entries().map((entry) => item(entry, close)));
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    list.firstElementChild?.focus();
  };
  const keyed = (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") { event.stopPropagation(); close(); opener.focus(); }
    if (step(event.key)) { event.preventDefault(); walk(list, step(event.key)); }
  };
  const left = (event) => { if (!element.contains(event.relatedTarget)) close(); };
  const element = el("div", { class: "menu", onkeydown: keyed, onfocusout: left }, opener, list);
  return element;
}

const item = ({ label, chosen, danger }, close) =>
  button(label, () => { close(); chosen(); }, { role: "menuitem", class: danger ? "danger" : null });

const step = (key) => ({ ArrowDown: 1, ArrowUp: -1 })[key] ?? 0;

/** Move the focus among the buttons of `list`, round its ends. */
function walk(list, by) {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  items[(at + by + items.length) % items.length]?.focus();
}
