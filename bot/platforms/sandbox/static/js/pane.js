/** One open chat: its messages, newest at the bottom, and the field to answer in. */

import * as api from "./api.js";
import { happened, inBrief, nameOf } from "./briefs.js";
import { bubble, clockTime } from "./bubble.js";
import { keyboardBelow, keyboardGrid } from "./buttons.js";
import { Composer } from "./composer.js";
import { button, el } from "./dom.js";
import { markSeen } from "./memory.js";
import { GENERAL, placeOf, topicOf } from "./topics.js";
import { Walk } from "./walking.js";
import { WEEKDAYS, WORDS } from "./words.js";

const SHOWN = 150; // messages drawn at first; older ones by a button
const NEAR = 60; // pixels from the bottom that still count as being there

function dayOf(seconds) {
  const day = new Date(seconds * 1000);
  const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 86400000);
  if (ago === 0) return WORDS.today;
  if (ago === 1) return WORDS.yesterday;
  return `${day.getMonth() + 1}月${day.getDate()}日(${WEEKDAYS[day.getDay()]})`;
}

/** By its name a button is known again when its message was drawn anew; the next one to its place may do something else. */
const nameOfControl = (control) => control.ariaLabel ?? control.textContent;

/** The parts of an album go together; every other message stands alone. */
function together(messages) {
  const found = [];
  for (const message of messages) {
    const album = message.media_group_id;
    const mates = album && found.at(-1)?.[0].media_group_id === album ? found.at(-1) : null;
    if (mates) mates.push(message);
    else found.push([message]);
  }
  return found;
}

export class Pane {
  /** `viewer()` is the person looking, `visible()` whether the pane is on screen, `empty()` what an empty chat shows. */
  constructor(root, world, { viewer, visible, empty, header }) {
    Object.assign(this, { world, viewer, visible, empty, chat: null, topic: GENERAL, shown: SHOWN });
    this.drawn = new Map(); // key → {node, parts, viewer}
    this.unsent = []; // {said, failed} of this chat that the server has not confirmed
    this.list = el("ol", { class: "messages" });
    this.scroller = el("div", { class: "scroller", role: "region", "aria-label": WORDS.messages, onscroll: () => this.scrolled() }, this.list);
    this.newest = button(WORDS.newest, () => this.toBottom(), { class: "newest", hidden: true });
    this.typing = el("div", { class: "typing", "aria-hidden": "true" });
    this.below = el("div");
    this.composer = new Composer(this);
    this.walk = new Walk(this.list, () => this.composer.field.focus());
    root.append(header, el("div", { class: "scroll-frame" }, this.scroller, this.newest), this.typing, this.below, this.composer.element);
    this.stuck = true;
    this.top = 0;
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.list);
  }

  nameOf(id) {
    return this.world.people.get(id)?.name ?? (id === 1 ? WORDS.bot : WORDS.someone(id));
  }

  open(chat, topic = GENERAL) {
    if (chat !== this.chat) this.composer.turn(this.chat, chat);
    Object.assign(this, { chat, topic, shown: SHOWN, unsent: [], stuck: true });
    this.drawn.clear();
    this.composer.element.hidden = !chat;
    this.render();
    this.toBottom();
  }

  /** What stands in the open chat, or in its open topic. */
  messages() {
    return this.chat ? this.chat.sorted().filter((message) => topicOf(message) === this.topic) : [];
  }

  /** The field that posts into the open topic. */
  thread() {
    return this.topic === GENERAL ? {} : { thread: this.topic };
  }

  /** Bring the drawn list in line with the world, touching only what changed. */
  render() {
    const messages = this.messages();
    const wanted = messages.length || this.unsent.length ? this.rows(messages) : [this.row("empty", [], this.empty)];
    const stuck = this.stuck;
    const focus = this.focused();
    this.place(wanted);
    this.walk.drawn();
    this.refocus(focus);
    this.drawBelow();
    this.drawTyping();
    if (stuck) this.toBottom();
    else this.newest.hidden = false;
    this.look();
  }

  rows(messages) {
    const rows = [];
    if (messages.length > this.shown) rows.push(this.row("earlier", [], () => this.earlier()));
    let day = null;
    for (const parts of together(messages.slice(-this.shown))) {
      const today = dayOf(parts[0].date);
      if (today !== day) rows.push(this.row(`day ${today}`, [], () => el("li", { class: "day" }, el("span", {}, today))));
      day = today;
      rows.push(this.row(parts[0].message_id, parts, () => bubble(parts, this)));
    }
    return [...rows, ...this.unsent.map((entry) => this.waiting(entry))];
  }

  row(key, parts, draw) {
    const drawn = this.drawn.get(key);
    const same = drawn && drawn.parts.length === parts.length && drawn.parts.every((part, at) => part === parts[at]);
    if (same && drawn.viewer === this.viewer()) return drawn.node;
    const node = draw();
    if (drawn?.node.classList.contains("chosen")) node.classList.add("chosen");
    this.drawn.set(key, { node, parts, viewer: this.viewer() });
    return node;
  }

  place(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
    wanted.forEach((node, at) => {
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
    });
  }

  /** Which control has the keyboard's focus: an edit redraws the message, and the focus should survive it. */
  focused() {
    const item = document.activeElement?.closest?.(".message");
    if (!item || !this.list.contains(item)) return null;
    return { item, id: item.dataset.id, name: nameOfControl(document.activeElement) };
  }

  refocus(focus) {
    if (!focus || focus.item.isConnected) return;
    const item = this.list.querySelector(`[data-id="${focus.id}"]`);
    const control = item && [...item.querySelectorAll("a, button")].find((one) => nameOfControl(one) === focus.name);
    (control?.checkVisibility() ? control : item ?? this.composer.field).focus({ preventScroll: true });
  }

  earlier() {
    return el("li", { class: "service" }, button(WORDS.earlier, () => { this.shown += SHOWN; this.stuck = false; this.render(); }));
  }

  waiting(entry) {
    const foot = entry.failed
      ? el("span", { class: "foot failed" }, `${WORDS.unsent}:${entry.failed}`,
        button(WORDS.retry, () => this.post(entry)), button(WORDS.drop, () => this.settle(entry)))
      : el("span", { class: "foot" }, WORDS.sending, el("time", {}, clockTime(Date.now() / 1000)));
    return el("li", { class: "message own pending" }, el("div", { class: "bubble" },
      el("div", { class: "words" }, entry.said.text ?? inBrief(entry.said)), foot));
  }

  /** Post something; it is shown at once, and stays with a button to try again when it could not be sent. */
  say(said) {
    const entry = { said: { ...said, ...this.thread() }, chat: this.chat, from: this.viewer(), failed: null };
    this.unsent.push(entry);
    this.stuck = true;
    return this.post(entry);
  }

  async post(entry) {
    entry.failed = null;
    this.render();
    try {
      const message = await api.say(entry.chat.id, entry.from, entry.said);
      this.settle(entry, message);
    } catch (error) {
      entry.failed = entry.chat.blocked ? WORDS.blocked : error instanceof TypeError ? WORDS.lost : error.message;
      this.render();
    }
  }

  settle(entry, message = null) {
    this.unsent = this.unsent.filter((other) => other !== entry);
    if (message) this.world.arrive(entry.chat, { reactions: [], ...message }, "message");
    this.render();
  }

  drawBelow() {
    const markup = this.chat && keyboardBelow(this.chat);
    if (markup === this.markup && this.markupFor === this.viewer()) return;
    Object.assign(this, { markup, markupFor: this.viewer() });
    const person = this.world.people.get(this.viewer());
    this.below.replaceChildren(...(markup ? [keyboardGrid(markup, person, (said) => this.say(said))] : []));
  }

  drawTyping() {
    this.typing.textContent = this.chat && this.chat.typingUntil > Date.now() ? `${WORDS.bot}${WORDS.typing}` : "";
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    this.stuck = near || (this.stuck && scrollTop >= this.top); // a picture that grows is no scrolling up
    this.top = scrollTop;
    if (this.stuck) this.newest.hidden = true;
    this.look();
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newest.hidden = true;
  }

  /** What is on screen to its end counts as seen. */
  look() {
    const last = this.messages().at(-1);
    if (last && this.stuck && this.visible() && !document.hidden && markSeen(placeOf(this.chat, this.topic), last.message_id)) {
      this.world.tell({ chat: this.chat, kind: "seen" });
    }
  }

  /** Scroll to a quoted message and let it light up. */
  reveal(messageId) {
    const item = this.list.querySelector(`[data-ids~="${messageId}"]`);
    if (!item) return;
    item.scrollIntoView({ block: "center" });
    item.focus({ preventScroll: true });
    item.classList.add("lit");
    setTimeout(() => item.classList.remove("lit"), 1600);
  }

  /** The words a screen reader says for a new message. */
  static spoken(message) {
    return happened(message) ?? WORDS.spoken(nameOf(message.from), inBrief(message));
  }
}
