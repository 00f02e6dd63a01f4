/** The right side: all groups, the most recently active first, and the one that is open with whoever speaks in it. */

import { inBrief } from "./briefs.js";
import { clockTime } from "./bubble.js";
import { byId, button, el, iconButton } from "./dom.js";
import { emptyGroup, officeGuide } from "./guide.js";
import { recall, remember } from "./memory.js";
import { dismiss } from "./notices.js";
import { Pane } from "./pane.js";
import { GENERAL, isUnread, TopicBar, topicOf, topicsOf } from "./topics.js";
import { WORDS } from "./words.js";

export class Office {
  /** `turned()` is called when another group or another speaker is on screen. */
  constructor(world, visible, turned) {
    Object.assign(this, { world, turned, section: byId("office"), list: byId("group-list"), filter: byId("group-filter") });
    this.open_ = recall("group");
    this.speakers = recall("speakers", {});
    this.title = el("h2");
    this.count = el("small");
    this.select = el("select", { id: "speaker", onchange: () => this.speak(Number(this.select.value)) });
    this.head = el("header", { class: "chat-head" },
      iconButton("back", WORDS.back, () => this.toList(), { class: "icon-button back" }),
      el("div", { class: "chat-title" }, this.title, this.count),
      el("label", { class: "speaker" }, el("span", {}, WORDS.speaker), this.select));
    this.topics = new TopicBar((topic) => this.turnTo(topic), (topic) => this.unreadIn(this.chat, topic) > 0);
    this.pane = new Pane(byId("group-chat"), world, {
      viewer: () => this.speaker(), header: el("div", {}, this.head, this.topics.element), empty: () => (this.pane.chat ? emptyGroup() : officeGuide()),
      visible: () => visible() && this.chatShown(),
    });
    this.filter.addEventListener("input", () => this.drawList());
    this.list.addEventListener("keydown", (event) => this.walked(event));
  }

  get chat() {
    return this.world.chats.get(this.open_) ?? null;
  }

  /** Whether the open group is on screen; on narrow windows the list covers it. */
  chatShown() {
    return byId("group-chat").offsetParent !== null;
  }

  /** The person who speaks in the open group: the one chosen there, else its first member. */
  speaker() {
    if (!this.chat) return null;
    const able = this.able();
    const chosen = this.speakers[this.chat.id];
    return able.includes(chosen) ? chosen : able[0] ?? null;
  }

  able() {
    const listed = this.chat.members.filter((id) => this.chat.seenBy.has(id));
    return listed.length ? listed : [...this.chat.seenBy];
  }

  speak(person) {
    this.speakers[this.chat.id] = person;
    remember("speakers", this.speakers);
    this.drawHead();
    this.pane.render();
    this.turned();
  }

  open(chat, topic = GENERAL) {
    this.open_ = chat.id;
    remember("group", chat.id);
    dismiss(chat.id);
    this.section.dataset.view = "chat";
    if (!chat.title.toLowerCase().includes(this.sought())) this.filter.value = "";
    this.show(topic);
    this.turned();
  }

  /** Show another topic of the open forum. */
  turnTo(topic) {
    this.pane.open(this.chat, topic);
    this.drawList();
  }

  /** A group that has become a supergroup goes on under its new id; a topic may have been deleted. */
  follow() {
    const next = this.world.chats.get(this.chat?.movedTo());
    if (next?.seenBy.size) this.open_ = next.id;
    const { topic } = this.pane;
    if (this.chat && topic !== GENERAL && !topicsOf(this.chat).some(({ id }) => id === topic)) this.turnTo(GENERAL);
  }

  /** By a click the field is next; with the keyboard too, but on a touch screen its keyboard would cover the group. */
  entered(chat) {
    this.open(chat);
    if (matchMedia("(hover: hover)").matches) this.pane.composer.field.focus();
  }

  walked(event) {
    const groups = [...this.list.querySelectorAll(".group")];
    const at = groups.indexOf(document.activeElement);
    const target = { ArrowDown: groups[at + 1], ArrowUp: groups[at - 1], Home: groups[0], End: groups.at(-1) }[event.key];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  toList() {
    this.section.dataset.view = "list";
    this.list.querySelector("[aria-current=true]")?.focus();
  }

  /** Groups or members may have changed. */
  refresh() {
    this.follow();
    if (this.chat !== this.pane.chat || !this.chat) this.show();
    else {
      this.drawHead();
      this.pane.render();
    }
    this.drawList();
  }

  show(topic = GENERAL) {
    this.drawHead();
    this.pane.open(this.chat, topic);
    this.drawList();
  }

  drawHead() {
    const { chat } = this;
    this.title.textContent = chat ? chat.title : "";
    this.count.textContent = chat ? WORDS.members(chat.seenBy.size) : "";
    this.head.hidden = !chat;
    if (!chat) return;
    this.select.replaceChildren(...this.able().map((id) => el("option", { value: id }, this.pane.nameOf(id))));
    this.select.value = String(this.speaker());
    this.pane.composer.label(WORDS.writeToGroup);
  }

  unread(chat) {
    const ours = chat === this.chat ? this.speaker() : this.speakers[chat.id];
    return chat.sorted().filter((message) => isUnread(chat, message) && message.from?.id !== ours).length;
  }

  unreadIn(chat, topic) {
    return chat.sorted().filter((message) => topicOf(message) === topic && isUnread(chat, message)).length;
  }

  /** How many groups wait to be looked at. */
  waiting() {
    return this.world.groups().filter((chat) => this.unread(chat)).length;
  }

  sought() {
    return this.filter.value.trim().toLowerCase();
  }

  drawList() {
    this.topics.draw(this.chat, this.pane.topic);
    const sought = this.sought();
    const found = this.world.groups()
      .filter((chat) => chat.title.toLowerCase().includes(sought))
      .sort((a, b) => (b.last()?.date ?? 0) - (a.last()?.date ?? 0));
    const focused = document.activeElement?.closest?.(".group")?.dataset.id;
    const stop = found.find((chat) => chat.id === Number(focused)) ?? found.find((chat) => chat === this.chat) ?? found[0];
    const rows = found.map((chat) => el("li", {}, this.entry(chat, chat === stop)));
    this.list.replaceChildren(...(rows.length ? rows : [el("li", { class: "none" }, WORDS.noGroups)]));
    if (focused) this.list.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
  }

  /** One group of the list; Tab stops at one of them, arrow keys lead to the others. */
  entry(chat, isStop) {
    const last = chat.last();
    const unread = this.unread(chat);
    const row = el("span", { class: "group-row" },
      el("span", { class: "face", "aria-hidden": "true" }, chat.title.slice(0, 1)),
      el("span", { class: "group-words" },
        el("strong", {}, chat.title), el("span", { class: "brief" }, last ? inBrief(last) : WORDS.quiet)),
      el("span", { class: "group-side" }, el("time", {}, last ? clockTime(last.date) : ""),
        unread > 0 && el("span", { class: "badge", "aria-label": WORDS.unread(unread) }, String(unread))));
    return button(row, () => this.entered(chat), {
      tabindex: isStop ? 0 : -1, class: `group${unread ? " unread" : ""}`, "data-id": chat.id, "aria-current": chat === this.chat ? "true" : null,
    });
  }
}
