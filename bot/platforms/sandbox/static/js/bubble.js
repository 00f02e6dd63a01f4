/** One message as an element: who, quote, words, attachments, buttons, reactions, time, and what one can do with it. */

import * as api from "./api.js";
import { attachments, happened, inBrief } from "./attachments.js";
import { inlineGrid } from "./buttons.js";
import { button, el, iconButton } from "./dom.js";
import { rendered } from "./entities.js";
import { ask, orSay } from "./notices.js";
import { REACTIONS, WORDS } from "./words.js";

const twoDigits = (number) => String(number).padStart(2, "0");

export function clockTime(seconds) {
  const when = new Date(seconds * 1000);
  return `${twoDigits(when.getHours())}:${twoDigits(when.getMinutes())}`;
}

const BOT = 1; // the sample city's own bot; the page knows it by its Chinese name

export function nameOf(user) {
  return !user || user.id === BOT ? WORDS.bot : [user.first_name, user.last_name].filter(Boolean).join(" ");
}

const author = (message) => message.sender_chat?.title ?? nameOf(message.from);

/** Draw `message`; `pane` tells whose eyes these are and takes replies and edits. */
export function bubble(message, pane) {
  const sentence = happened(message);
  if (sentence) return el("li", { class: "service" }, el("span", {}, sentence));
  const own = message.from?.id === pane.viewer();
  const item = el("li", { class: `message ${own ? "own" : "theirs"}`, "data-id": message.message_id },
    el("div", { class: "bubble", onclick: (event) => tapped(event, item) },
      pane.chat.isGroup && !own && el("span", { class: `author tone-${Math.abs(message.from?.id ?? 0) % 5}` }, author(message)),
      quote(message, pane), attachments(message), words(message, pane), foot(message, own)),
    inlineGrid(message, pane.chat, pane.viewer),
    reactions(message, pane),
    actions(message, own, pane));
  return item;
}

function words(message, pane) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities ?? [];
  return el("div", { class: "words" }, rendered(text, entities, (command) => pane.say({ text: command })));
}

function quote(message, pane) {
  const target = message.reply_to_message;
  if (!target) return null;
  const text = message.quote?.text ?? inBrief(target);
  return el("button", { type: "button", class: "quote", onclick: () => pane.reveal(target.message_id) },
    el("strong", {}, author(target)), el("span", {}, text));
}

function foot(message, own) {
  return el("span", { class: "foot" },
    message.edit_date && el("span", {}, WORDS.edited),
    el("time", {}, clockTime(message.date)),
    own && el("span", { class: "mark", title: WORDS.sent, "aria-label": WORDS.sent }, "✓"));
}

function reactions(message, pane) {
  const byEmoji = new Map();
  for (const { from, emoji } of message.reactions ?? []) {
    byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), from?.id ?? from]);
  }
  if (!byEmoji.size) return null;
  return el("div", { class: "reactions" }, [...byEmoji].map(([emoji, people]) => {
    const mine = people.includes(pane.viewer());
    return button(`${emoji} ${people.length}`, () => react(message, pane, mine ? null : emoji),
      { class: "reaction", "aria-pressed": String(mine), title: people.map((id) => pane.nameOf(id)).join("、") });
  }));
}

const react = (message, pane, emoji) =>
  orSay(() => api.react(pane.chat.id, message.message_id, pane.viewer(), emoji));

function actions(message, own, pane) {
  const editable = own && (message.text ?? message.caption) !== undefined;
  return el("div", { class: "actions" },
    iconButton("more", WORDS.more, (event) => toggle(event.currentTarget.closest(".message")), { "aria-expanded": "false" }),
    el("div", { class: "choices", onclick: (event) => mark(event.currentTarget.closest(".message"), false) },
      button(WORDS.reply, () => pane.composer.replyTo(message)),
      editable && button(WORDS.edit, () => pane.composer.edit(message)),
      own && button(WORDS.remove, () => removeAsked(message, pane), { class: "danger" }),
      REACTIONS.map((emoji) => button(emoji, () => react(message, pane, emoji), { "aria-label": `${WORDS.react} ${emoji}` }))));
}

async function removeAsked(message, pane) {
  if (await ask(WORDS.removeTitle, [], WORDS.remove)) {
    await orSay(() => api.remove(pane.chat.id, message.message_id, pane.viewer()));
  }
}

function tapped(event, item) {
  if (event.target.closest("a, button, audio, video") || String(getSelection())) return;
  toggle(item);
}

function toggle(item) {
  const open = !item.classList.contains("chosen");
  for (const other of item.parentElement.querySelectorAll(".chosen")) mark(other, false);
  mark(item, open);
  if (open) item.scrollIntoView({ block: "nearest" });
}

function mark(item, open) {
  item.classList.toggle("chosen", open);
  item.querySelector(".actions [aria-expanded]")?.setAttribute("aria-expanded", String(open));
}
