/** One message as an element: who, quote, words, attachments, buttons, reactions, time, and what one can do with it. */

import * as api from "./api.js";
import { happened, inBrief, nameOf } from "./briefs.js";
import { inlineGrid } from "./buttons.js";
import { button, el, iconButton } from "./dom.js";
import { rendered } from "./entities.js";
import { attachments } from "./media.js";
import { ask, orSay } from "./notices.js";
import { REACTIONS, WORDS } from "./words.js";

const twoDigits = (number) => String(number).padStart(2, "0");

export function clockTime(seconds) {
  const when = new Date(seconds * 1000);
  return `${twoDigits(when.getHours())}:${twoDigits(when.getMinutes())}`;
}

const author = (message) => message.sender_chat?.title ?? nameOf(message.from);

/** Draw a message of one or, as an album, several `parts`; `pane` tells whose eyes these are and takes replies and edits. */
export function bubble(parts, pane) {
  const [first] = parts;
  const sentence = happened(first);
  if (sentence) return el("li", { class: "service", "data-ids": first.message_id }, el("span", {}, sentence));
  const own = first.from?.id === pane.viewer();
  const worded = parts.find((part) => part.caption) ?? first;
  const item = el("li", {
    class: `message ${own ? "own" : "theirs"}`, "data-id": first.message_id, "data-ids": parts.map((part) => part.message_id).join(" "),
    tabindex: -1, "aria-label": WORDS.spoken(own ? WORDS.me : author(first), inBrief(worded)),
  },
  el("div", { class: "bubble", onclick: (event) => tapped(event, item) },
    pane.chat.isGroup && !own && el("span", { class: `author tone-${Math.abs(first.from?.id ?? 0) % 5}` }, author(first)),
    forwarded(first), quote(first, pane), attachments(parts), words(worded, pane), foot(parts, own)),
  inlineGrid(first, pane.chat, pane.viewer),
  reactions(first, pane),
  actions(parts, worded, own, pane));
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
  if (!target || target.forum_topic_created) return null; // in a topic everything seems to answer its first message
  const text = message.quote?.text ?? inBrief(target);
  return el("button", { type: "button", class: "quote", onclick: () => pane.reveal(target.message_id) },
    el("strong", {}, author(target)), el("span", {}, text));
}

function forwarded({ forward_origin: origin }) {
  if (!origin) return null;
  const name = origin.sender_user ? nameOf(origin.sender_user) : origin.sender_user_name ?? (origin.sender_chat ?? origin.chat)?.title;
  return el("span", { class: "forwarded" }, WORDS.forwarded(name ?? ""));
}

function foot(parts, own) {
  return el("span", { class: "foot" },
    parts.some((part) => part.edit_date) && el("span", {}, WORDS.edited),
    el("time", {}, clockTime(parts[0].date)),
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

function actions(parts, worded, own, pane) {
  const text = worded.text ?? worded.caption;
  return el("div", { class: "actions" },
    iconButton("more", WORDS.more, (event) => toggle(event.currentTarget.closest(".message")), { "aria-expanded": "false" }),
    el("div", { class: "choices", onclick: (event) => chosen(event.currentTarget) },
      button(WORDS.reply, () => pane.composer.replyTo(parts[0])),
      text && button(WORDS.quote, () => quoteAsked(worded, pane)),
      own && text && button(WORDS.edit, () => pane.composer.edit(worded)),
      own && button(WORDS.remove, () => removeAsked(parts, pane), { class: "danger" }),
      REACTIONS.map((emoji) => button(emoji, () => react(parts[0], pane, emoji), { "aria-label": `${WORDS.react} ${emoji}` }))));
}

/** What is marked in the message is quoted, or else whatever one leaves of it. */
async function quoteAsked(message, pane) {
  const marked = String(getSelection()).trim();
  const whole = message.text ?? message.caption;
  const value = marked && whole.includes(marked) ? marked : whole;
  const given = await ask(WORDS.quoteTitle, [{ name: "quote", label: WORDS.quoteLabel, value, lines: 4 }], WORDS.quote);
  if (given) pane.composer.replyTo(message, given.quote.trim());
}

async function removeAsked(parts, pane) {
  if (!await ask(WORDS.removeTitle, [], WORDS.remove)) return;
  for (const { message_id: id } of parts) await orSay(() => api.remove(pane.chat.id, id, pane.viewer()));
  pane.composer.field.focus();
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

/** A choice was made: they go, and the focus with them to the message, unless the choice took it elsewhere. */
function chosen(choices) {
  const item = choices.closest(".message");
  if (choices.contains(document.activeElement)) item.focus();
  mark(item, false);
}

function mark(item, open) {
  item.classList.toggle("chosen", open);
  item.querySelector(".actions [aria-expanded]")?.setAttribute("aria-expanded", String(open));
}
