/** The bot's buttons: the grid under a message, and the keyboard under the input field. */

import * as api from "./api.js";
import { button, el } from "./dom.js";
import { ask, orSay, show, toast } from "./notices.js";
import { WORDS } from "./words.js";

/** The grid of `message`'s inline buttons, row by row; null where it has none. */
export function inlineGrid(message, chat, viewer) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "grid" }, rows.map((row) =>
    el("div", { class: "grid-row" }, row.map((spec) => inlineButton(spec, message, chat, viewer)))));
}

function inlineButton(spec, message, chat, viewer) {
  if (spec.url) return el("a", { class: "key", href: spec.url, target: "_blank", rel: "noopener noreferrer" }, spec.text);
  if (spec.copy_text) return button(spec.text, () => copy(spec.copy_text.text), { class: "key" });
  if (!spec.callback_data) return button(spec.text, () => toast(WORDS.buttonNeedsApp), { class: "key" });
  const pressed = async (event) => {
    const key = event.currentTarget;
    if (key.getAttribute("aria-busy") === "true") return;
    key.setAttribute("aria-busy", "true");
    const said = await orSay(() => api.press(chat.id, message.message_id, viewer(), spec.callback_data));
    key.removeAttribute("aria-busy");
    if (said) answered(said);
  };
  return button(spec.text, pressed, { class: "key" });
}

function answered({ answer, alert, url }) {
  if (url) window.open(url, "_blank", "noopener");
  else if (answer && alert) show(null, el("p", { class: "alert-words" }, answer));
  else if (answer) toast(answer);
}

async function copy(text) {
  await orSay(() => navigator.clipboard.writeText(text));
  toast(WORDS.copied);
}

/** The keyboard the bot last put under the input field, or null: `{keyboard, one_time_keyboard?}`. */
export function keyboardBelow(chat) {
  for (const { reply_markup: markup } of chat.sorted().reverse()) {
    if (markup?.remove_keyboard) return null;
    if (markup?.keyboard) return markup;
  }
  return null;
}

/** Draw that keyboard; `say` posts what a button says. */
export function keyboardGrid(markup, person, say) {
  const pressed = (spec) => {
    if (spec.request_location) return askPlace().then((location) => location && say({ location }));
    if (spec.request_contact) return askContact(person).then((contact) => contact && say({ contact }));
    return say({ text: spec.text });
  };
  return el("div", { class: "grid below" }, markup.keyboard.map((row) => el("div", { class: "grid-row" },
    row.map((spec) => (typeof spec === "string" ? { text: spec } : spec))
      .map((spec) => button(spec.text, () => pressed(spec), { class: "key" })))));
}

/** Ask for a place; the sample is somewhere in a county town. */
export async function askPlace() {
  const given = await ask(WORDS.placeTitle, [
    { name: "latitude", label: WORDS.latitude, value: "36.18250", type: "number" },
    { name: "longitude", label: WORDS.longitude, value: "116.76840", type: "number" },
  ], WORDS.send);
  return given && { latitude: Number(given.latitude), longitude: Number(given.longitude) };
}

/** Ask for one's own card; the number is made up. */
export async function askContact(person) {
  const given = await ask(WORDS.contactTitle, [
    { name: "number", label: WORDS.contactNumber, value: "13800005678", type: "tel" },
  ], WORDS.send);
  return given && { phone_number: given.number, first_name: person.name, user_id: person.id };
}
