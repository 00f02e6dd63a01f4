/** The input field of one pane: words, files, a place, one's own card; replying, quoting and editing. */

import * as api from "./api.js";
import { inBrief, nameOf } from "./briefs.js";
import { askContact, askPlace } from "./buttons.js";
import { el, iconButton } from "./dom.js";
import { menuButton } from "./menu.js";
import { orSay } from "./notices.js";
import { Tray } from "./tray.js";
import { WORDS } from "./words.js";

const LONGEST = 4096; // characters in one message, as the Bot API has it
const TALLEST = 160; // pixels

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.drafts = new Map(); // chat id → what was begun there
    this.about = null; // {message, editing, quote?}
    this.field = el("textarea", { rows: 1, maxlength: LONGEST, oninput: () => this.fit(), onkeydown: (event) => this.typed(event) });
    this.tray = new Tray(() => this.field.focus());
    this.note = el("div", { class: "about", hidden: true });
    this.element = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.note, this.tray.element, this.tray.chooser,
      el("div", { class: "composer-row" },
        menuButton("plus", WORDS.attach, () => this.entries()),
        this.field,
        iconButton("send", WORDS.send, null, { type: "submit", class: "icon-button primary" })));
  }

  entries() {
    return [
      { label: WORDS.sendMedia, chosen: () => this.tray.choose("media") },
      { label: WORDS.sendFile, chosen: () => this.tray.choose("document") },
      { label: WORDS.sendVoice, chosen: () => this.tray.choose("voice") },
      { label: WORDS.sendPlace, chosen: () => this.send("location", askPlace) },
      { label: WORDS.sendCard, chosen: () => this.send("contact", askContact) },
    ];
  }

  /** The pane turned to another chat: keep what was begun, bring back what was begun there. */
  turn(from, to) {
    if (from) this.drafts.set(from.id, this.about?.editing ? "" : this.field.value);
    this.setAbout(null);
    this.tray.clear();
    this.fill(to ? this.drafts.get(to.id) ?? "" : "");
  }

  label(words) {
    this.field.placeholder = words;
    this.field.setAttribute("aria-label", words);
  }

  /** Nothing can be written here for `reason`, or else one is asked by `words`. */
  bar(reason, words) {
    for (const control of this.element.elements) control.disabled = Boolean(reason);
    this.label(reason ?? words);
  }

  fill(words) {
    this.field.value = words;
    this.fit();
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  typed(event) {
    if (event.key === "Escape") this.giveUp();
    if (event.key === "ArrowUp" && !this.field.value && this.pane.walk.enter()) event.preventDefault();
    const composing = event.isComposing || event.keyCode === 229; // Enter chooses a word in a Chinese input method
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.submit();
  }

  /** Esc: first the files go, then the reply. */
  giveUp() {
    if (!this.tray.empty) this.tray.clear();
    else if (this.about) this.setAbout(null);
  }

  replyTo(message, quote = null) {
    this.setAbout({ message, editing: false, quote });
  }

  edit(message) {
    this.setAbout({ message, editing: true });
    this.fill(message.text ?? message.caption);
  }

  setAbout(about) {
    if (this.about?.editing) this.fill("");
    this.about = about;
    this.note.hidden = !about;
    if (!about) return;
    this.note.replaceChildren(
      el("div", { class: "about-words" }, el("strong", {}, titleOf(about)), el("span", {}, about.quote ?? inBrief(about.message))),
      iconButton("close", WORDS.cancel, () => { this.setAbout(null); this.field.focus(); }));
    this.field.focus();
  }

  async submit() {
    const text = this.field.value.trim();
    if (!this.pane.chat || (!text && this.tray.empty)) return;
    const { about } = this;
    const replied = this.replied();
    const parcels = about?.editing ? [] : this.tray.handOver();
    this.setAbout(null);
    this.fill("");
    if (about?.editing) await this.change(about.message, text);
    else if (parcels.length) await this.post(parcels, { text, ...replied });
    else this.pane.say({ text, ...replied });
  }

  replied() {
    if (!this.about || this.about.editing) return {};
    const { message, quote } = this.about;
    return { reply_to: message.message_id, ...(quote ? { quote } : {}) };
  }

  async change(message, text) {
    const { chat } = this.pane;
    const done = await orSay(() => api.edit(chat.id, message.message_id, this.pane.viewer(), text));
    if (done === undefined && !this.field.value) this.edit(message);
  }

  /** Files of one kind go together as an album; other kinds follow as messages of their own, without the words. */
  async post(parcels, said) {
    const { chat } = this.pane;
    const [from, thread] = [this.pane.viewer(), this.pane.thread()];
    this.pane.stuck = true;
    let words = said;
    for (const { kind, files } of parcels) {
      await orSay(() => api.sayWithFiles(chat.id, from, files, kind, { ...words, ...thread }));
      words = {};
    }
  }

  /** Ask for a place or a card, then post it. */
  async send(name, asked) {
    const { chat } = this.pane;
    const given = chat && await asked(this.pane.world.people.get(this.pane.viewer()));
    this.field.focus();
    if (given && chat === this.pane.chat) this.pane.say({ [name]: given, ...this.replied() });
    this.setAbout(null);
  }
}

function titleOf({ message, editing, quote }) {
  if (editing) return WORDS.editing;
  return quote ? WORDS.quoting(nameOf(message.from)) : WORDS.replying(nameOf(message.from));
}
