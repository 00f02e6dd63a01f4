/** What the page knows: people, chats and their messages, kept in step with the server's events. */

import * as api from "./api.js";

const AT_ONCE = 5; // a browser opens six connections to a host; one is left for sending
const TYPING_LASTS = 5500; // milliseconds, as the Bot API has it

class Chat {
  constructor(id) {
    this.id = id;
    this.messages = new Map(); // by message id
    this.seenBy = new Set(); // person ids to whom the server lists this chat
    this.members = [];
    this.typingUntil = 0;
  }

  sorted() {
    return [...this.messages.values()].sort((a, b) => a.message_id - b.message_id);
  }

  last() {
    return this.sorted().at(-1);
  }

  get isGroup() {
    return this.type !== "private";
  }

  /** The supergroup that this group has become, or null. */
  movedTo() {
    return this.last()?.migrate_to_chat_id ?? null;
  }

  /** A person who may read this chat. */
  get reader() {
    return this.isGroup ? [...this.seenBy][0] : this.id;
  }
}

async function forEach(items, work) {
  const waiting = [...items];
  const lane = async () => {
    while (waiting.length) await work(waiting.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Fires "change" with detail {chat, message?, kind, person?}; kind "all" after a full load. */
export class World extends EventTarget {
  constructor() {
    super();
    this.people = new Map();
    this.chats = new Map();
  }

  groups() {
    return [...this.chats.values()].filter((chat) => chat.isGroup && chat.seenBy.size);
  }

  groupsOf(person) {
    return this.groups().filter((chat) => chat.seenBy.has(person));
  }

  /** Ask who exists and who sees what. */
  async survey() {
    const people = await api.people();
    this.people = new Map(people.map((person) => [person.id, person]));
    await this.visit(this.people.keys());
  }

  /** Ask anew what these people see. */
  async visit(persons) {
    await forEach(persons, async (person) => {
      const seen = await api.chatsOf(person);
      for (const chat of this.chats.values()) chat.seenBy.delete(person);
      for (const chat of seen) this.meet(chat, person);
    });
    this.tell({ kind: "all" });
  }

  meet(described, person) {
    if (typeof described.id !== "number") return; // a private chat with another bot
    const chat = this.chats.get(described.id) ?? new Chat(described.id);
    chat.type = described.type;
    chat.title = described.title;
    chat.isForum = described.is_forum === true;
    chat.members = (described.members ?? []).map((member) => member.id ?? member);
    chat.blocked = !chat.isGroup && described.bots?.length === 0;
    chat.wasEmpty = described.last_message_id === null; // at the survey: spares 45 requests in a fresh world
    chat.seenBy.add(person);
    this.chats.set(chat.id, chat);
  }

  /** Read every group anew, and the private chats in `persons`. */
  async loadAll(persons) {
    const alone = persons.map((person) => this.chats.get(person)).filter(Boolean);
    const wanted = [...this.groups(), ...alone];
    for (const chat of wanted) if (chat.wasEmpty) chat.messages.clear();
    await forEach(wanted.filter((chat) => !chat.wasEmpty), (chat) => this.load(chat));
    this.tell({ kind: "all" });
  }

  async load(chat) {
    const listed = await api.messages(chat.id, chat.reader);
    const standing = new Set(listed.map((message) => message.message_id));
    for (const id of chat.messages.keys()) if (!standing.has(id)) chat.messages.delete(id);
    for (const message of listed) this.keep(chat, message);
  }

  /** Put a message in its place; true when it was not known in this form. */
  keep(chat, message) {
    const known = chat.messages.get(message.message_id);
    if (known && JSON.stringify(known) === JSON.stringify(message)) return false;
    chat.messages.set(message.message_id, message);
    return true;
  }

  /** Take in one event that `person` was told of. */
  async apply(event, person) {
    const chat = this.chats.get(event.chat_id);
    if (!chat?.seenBy.has(person)) return typeof event.chat_id === "number" ? this.discover(event.chat_id, person) : undefined;
    if (event.type === "typing") return this.typing(chat);
    if (event.type === "deleted") return this.forget(chat, event.message_id);
    if (event.message) return this.arrive(chat, event.message, event.type);
    await this.load(chat);
    return this.tell({ chat, kind: event.type });
  }

  /** Somebody is in a chat that was not known: look who else is there, and what was said. */
  async discover(chatId, person) {
    await this.visit([person]);
    const chat = this.chats.get(chatId);
    if (!chat?.seenBy.has(person)) return;
    if (!chat.members.every((id) => this.people.has(id))) await this.survey();
    await this.visit(chat.members);
    await this.load(chat);
    this.tell({ kind: "all" });
  }

  arrive(chat, message, kind) {
    const fresh = kind === "message" && !chat.messages.has(message.message_id);
    if (!this.keep(chat, message)) return;
    if (this.people.has(message.from?.id) === false) chat.typingUntil = 0;
    this.tell({ chat, message, kind: fresh ? "message" : kind === "edited" ? "edited" : "changed" });
    const moved = message.new_chat_members ?? (message.left_chat_member && [message.left_chat_member]);
    if (moved) this.moved(moved.filter((one) => !one.is_bot).map((one) => one.id));
  }

  /** People came or went. */
  async moved(persons) {
    if (persons.every((id) => this.people.has(id))) await this.visit(persons);
    else await this.survey();
  }

  typing(chat) {
    chat.typingUntil = Date.now() + TYPING_LASTS;
    this.tell({ chat, kind: "typing" });
    setTimeout(() => this.tell({ chat, kind: "typing" }), TYPING_LASTS + 100);
  }

  forget(chat, messageId) {
    if (chat.messages.delete(messageId)) this.tell({ chat, kind: "deleted" });
  }

  tell(detail) {
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}
