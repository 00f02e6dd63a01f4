/** The input field of one pane: words, files, a place; replying and editing. */

import * as api from "./api.js";
import { inBrief } from "./attachments.js";
import { askPlace } from "./buttons.js";
import { nameOf } from "./bubble.js";
import { el, iconButton } from "./dom.js";
import { orSay } from "./notices.js";
import { WORDS } from "./words.js";

const LONGEST = 4096; // characters in one message, as the Bot API has it
const TALLEST = 160; // pixels

const KINDS = { image: "photo", video: "video", audio: "voice" };

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.drafts = new Map(); // chat id → what was begun there
    this.about = null; // {message, editing}
    this.field = el("textarea", { rows: 1, maxlength: LONGEST, oninput: () => this.fit(), onkeydown: (event) => this.typed(event) });
    this.files = el("input", { type: "file", multiple: true, hidden: true, tabindex: -1, onchange: () => this.attach() });
    this.note = el("div", { class: "about", hidden: true });
    this.element = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.note,
      el("div", { class: "composer-row" },
        iconButton("attach", WORDS.attach, () => this.files.click()), this.files,
        iconButton("place", WORDS.place, () => this.sendPlace()),
        this.field,
        iconButton("send", WORDS.send, null, { type: "submit", class: "icon-button primary" })));
  }

  /** The pane turned to another chat: keep what was begun, bring back what was begun there. */
  turn(from, to) {
    if (from) this.drafts.set(from.id, this.field.value);
    this.setAbout(null);
    this.fill(to ? this.drafts.get(to.id) ?? "" : "");
  }

  label(words) {
    this.field.placeholder = words;
    this.field.setAttribute("aria-label", words);
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
    if (event.key === "Escape" && this.about) this.setAbout(null);
    const composing = event.isComposing || event.keyCode === 229; // Enter chooses a word in a Chinese input method
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.submit();
  }

  replyTo(message) {
    this.setAbout({ message, editing: false });
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
    const title = about.editing ? WORDS.editing : WORDS.replying(nameOf(about.message.from));
    this.note.replaceChildren(
      el("div", { class: "about-words" }, el("strong", {}, title), el("span", {}, inBrief(about.message))),
      iconButton("close", WORDS.cancel, () => this.setAbout(null)));
    this.field.focus();
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text || !this.pane.chat) return;
    const { about } = this;
    this.setAbout(null);
    this.fill("");
    if (about?.editing) await this.change(about.message, text);
    else this.pane.say({ text, ...this.replied(about) });
  }

  replied(about = this.about) {
    return about && !about.editing ? { reply_to: about.message.message_id } : {};
  }

  async change(message, text) {
    const { chat } = this.pane;
    const done = await orSay(() => api.edit(chat.id, message.message_id, this.pane.viewer(), text));
    if (done === undefined && !this.field.value) this.edit(message);
  }

  /** Files of one kind go together as an album; other kinds follow as messages of their own. */
  async attach() {
    const byKind = new Map();
    for (const file of this.files.files) {
      const kind = KINDS[file.type.split("/")[0]] ?? "document";
      byKind.set(kind, [...(byKind.get(kind) ?? []), file]);
    }
    this.files.value = "";
    const said = { text: this.field.value.trim(), ...this.replied() };
    this.setAbout(null);
    this.fill("");
    this.pane.stuck = true;
    for (const [kind, files] of byKind) {
      await orSay(() => api.sayWithFiles(this.pane.chat.id, this.pane.viewer(), files, kind, said));
      said.text = "";
    }
  }

  async sendPlace() {
    const location = this.pane.chat && await askPlace();
    if (location) this.pane.say({ location });
  }
}
