/** Toasts, dialogs, the banner and the voice for screen readers. */

import { byId, button, el, iconButton } from "./dom.js";
import { WORDS } from "./words.js";

const TOAST_LASTS = 6000; // milliseconds
const MOST_TOASTS = 3;

const current = new Map(); // key → toast on screen, so that one group has one toast

/** Show `words` for some seconds; with `go`, a button that leads there. One toast per `key`. */
export function toast(words, { go = null, key = words, title = null } = {}) {
  current.get(key)?.remove();
  const close = () => { note.remove(); current.delete(key); };
  const note = el("div", { class: "toast", role: "status" },
    el("div", { class: "toast-words" }, title && el("strong", {}, title), el("span", {}, words)),
    go && button(WORDS.go, () => { close(); go(); }, { class: "toast-go" }),
    iconButton("close", WORDS.ok, close));
  current.set(key, note);
  byId("toasts").append(note);
  const oldest = current.size > MOST_TOASTS ? current.keys().next().value : null;
  if (oldest !== null) { current.get(oldest).remove(); current.delete(oldest); }
  setTimeout(() => { if (current.get(key) === note && !note.matches(":hover, :focus-within")) close(); }, TOAST_LASTS);
}

/** Take the toast of `key` away: what it led to is on screen. */
export function dismiss(key) {
  current.get(key)?.remove();
  current.delete(key);
}

/** Ask with a dialog; `fields` are {name, label, value, type?, lines?}. Gives their values, or null when cancelled. */
export function ask(title, fields = [], confirmLabel = WORDS.confirm) {
  const inputs = fields.map((field) => el("label", {}, field.label, input(field)));
  const form = el("form", { method: "dialog" }, el("h2", {}, title), inputs,
    el("div", { class: "dialog-buttons" },
      button(WORDS.cancel, () => dialog.close(""), { class: "quiet" }),
      el("button", { type: "submit", value: "yes", class: "primary" }, confirmLabel)));
  const dialog = opened(form);
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    resolve(dialog.returnValue === "yes" ? Object.fromEntries([...new FormData(form)].map(([name, said]) => [name, said.replaceAll("\r\n", "\n")])) : null);
  }));
}

function input({ name, value, lines, type = "text" }) {
  if (lines) return el("textarea", { name, rows: lines, required: true }, value);
  return el("input", { name, type, value, required: true, step: "any", autocomplete: "off" });
}

/** An alert of the bot's, or a page of help: read, then closed. */
export function show(title, ...content) {
  const form = el("form", { method: "dialog" }, title && el("h2", {}, title), content,
    el("div", { class: "dialog-buttons" }, el("button", { type: "submit", class: "primary" }, WORDS.ok)));
  return opened(form);
}

function opened(form) {
  const dialog = el("dialog", {}, form);
  dialog.addEventListener("close", () => setTimeout(() => dialog.remove()));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function banner(words) {
  byId("banner").hidden = !words;
  byId("banner").textContent = words ?? "";
}

export function announce(words) {
  byId("announcer").textContent = words;
}

/** Do `work`; when it is refused, say why and give undefined. */
export async function orSay(work) {
  try {
    return await work();
  } catch (error) {
    toast(error instanceof TypeError ? WORDS.lost : error.message);
    return undefined;
  }
}
