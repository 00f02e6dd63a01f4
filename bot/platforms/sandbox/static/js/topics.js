/** A forum's topics, learnt from its service messages, and the row of buttons to turn between them. */

import * as api from "./api.js";
import { button, el } from "./dom.js";
import { lastSeen } from "./memory.js";
import { menuButton } from "./menu.js";
import { ask, orSay } from "./notices.js";
import { WORDS } from "./words.js";

/** The topic where everything stands that names no other, and every message of a group that is no forum. */
export const GENERAL = 0;

/** The id of the topic that a message stands in. */
export function topicOf(message) {
  if (message.forum_topic_created) return message.message_thread_id ?? message.message_id;
  return message.is_topic_message ? message.message_thread_id : GENERAL;
}

/** Under what name one remembers how far a topic was read. */
export const placeOf = (chat, topic) => (topic === GENERAL ? chat.id : `${chat.id}/${topic}`);

/** Whether a message was not looked at yet. */
export const isUnread = (chat, message) => message.message_id > lastSeen(placeOf(chat, topicOf(message)));

/** The topics of a chat, [{id, name, closed}], General first; none where the chat is no forum. */
export function topicsOf(chat) {
  const found = new Map();
  for (const message of chat.sorted()) {
    const id = topicOf(message);
    if (message.forum_topic_created) found.set(id, { id, name: message.forum_topic_created.name, closed: false });
    const topic = found.get(id);
    if (!topic) continue;
    topic.name = message.forum_topic_edited?.name ?? topic.name;
    if (message.forum_topic_closed) topic.closed = true;
    if (message.forum_topic_reopened) topic.closed = false;
  }
  return found.size || chat.isForum ? [{ id: GENERAL, name: WORDS.general, closed: false }, ...found.values()] : [];
}

export class TopicBar {
  /** `turned(topic)` is called when another topic is chosen; `unread(topic)` tells whether something waits there. */
  constructor(turned, unread) {
    Object.assign(this, { turned, unread, chat: null, topic: GENERAL });
    this.row = el("div", { class: "topics-row", role: "group", "aria-label": WORDS.topics });
    this.more = menuButton("more", WORDS.topicMenu, () => this.entries());
    this.element = el("div", { class: "topics", hidden: true }, this.row, this.more);
  }

  draw(chat, topic) {
    Object.assign(this, { chat, topic });
    const topics = chat ? topicsOf(chat) : [];
    this.element.hidden = topics.length === 0;
    if (!topics.length) return;
    const focused = document.activeElement?.dataset?.topic;
    this.row.replaceChildren(...topics.map((one) => this.tab(one)));
    if (focused !== undefined) this.row.querySelector(`[data-topic="${focused}"]`)?.focus();
  }

  tab({ id, name, closed }) {
    const waits = id !== this.topic && this.unread(id);
    return button(el("span", {}, closed ? WORDS.closedTopic(name) : name, waits && el("span", { class: "badge", "aria-label": WORDS.somethingNew })),
      () => this.turned(id), { class: "topic", "data-topic": id, "aria-pressed": String(id === this.topic) });
  }

  entries() {
    const add = { label: WORDS.addTopic, chosen: () => this.add() };
    if (this.topic === GENERAL) return [add];
    const closed = topicsOf(this.chat).find(({ id }) => id === this.topic)?.closed;
    const change = (verb) => orSay(() => api.switchTopic(this.chat.id, this.topic, verb));
    return [add,
      closed
        ? { label: WORDS.reopenTopic, chosen: () => change("reopen") }
        : { label: WORDS.closeTopic, chosen: () => change("close") },
      { label: WORDS.removeTopic, chosen: () => this.remove(), danger: true }];
  }

  async add() {
    const given = await ask(WORDS.addTopic, [{ name: "name", label: WORDS.topicName, value: "" }]);
    if (given) await orSay(() => api.newTopic(this.chat.id, given.name));
  }

  async remove() {
    if (await ask(WORDS.removeTopicTitle, [], WORDS.removeTopic)) await orSay(() => api.removeTopic(this.chat.id, this.topic));
  }
}
