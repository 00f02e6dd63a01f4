/** The left side: one person's phone, with the private chat with the bot; on wide windows there may be two. */

import * as api from "./api.js";
import { byId, button, el } from "./dom.js";
import { phoneGuide, staffGuide } from "./guide.js";
import { recall, remember } from "./memory.js";
import { ask, dismiss, orSay } from "./notices.js";
import { Pane } from "./pane.js";
import { WORDS } from "./words.js";

const FIRST_CITIZEN = 1001;

export class Phone {
  /** `turned()` is called when the phone passes to another person. */
  constructor(world, { name, person, visible, turned }) {
    Object.assign(this, { world, name, turned, person: person ?? recall(name, FIRST_CITIZEN) });
    this.section = byId("phone-template").content.firstElementChild.cloneNode(true);
    this.section.id = name;
    this.section.setAttribute("aria-label", name === "phone" ? WORDS.phone : WORDS.secondPhone);
    byId("office").before(this.section);
    this.select = this.section.querySelector("select");
    this.blocking = button(WORDS.block, () => this.block(), { class: "quiet" });
    const title = el("header", { class: "chat-head" }, el("h2", { class: "chat-title" }, WORDS.bot), this.blocking);
    this.pane = new Pane(this.section.querySelector(".chat"), world, {
      viewer: () => this.person, visible, header: title, empty: () => this.guide(),
    });
    this.select.addEventListener("change", () => this.pass(Number(this.select.value)));
    this.section.querySelector(".newcomer").addEventListener("click", () => this.welcome());
  }

  guide() {
    if (this.world.groupsOf(this.person).length) return staffGuide();
    return phoneGuide((sentence) => {
      this.pane.composer.fill(sentence);
      this.pane.composer.field.focus();
    });
  }

  /** The people may have changed: fill the selector anew and show the chat. */
  refresh() {
    if (!this.world.people.has(this.person)) this.person = [...this.world.people.keys()][0];
    const people = [...this.world.people.values()];
    const isStaff = (person) => this.world.groupsOf(person.id).length > 0;
    this.select.replaceChildren(
      this.choices(WORDS.citizens, people.filter((person) => !isStaff(person))),
      this.choices(WORDS.staff, people.filter(isStaff)));
    this.select.value = String(this.person);
    const chat = this.world.chats.get(this.person);
    this.blocking.textContent = chat?.blocked ? WORDS.unblock : WORDS.block;
    this.pane.composer.bar(chat?.blocked ? WORDS.blocked : null, WORDS.writeTo(WORDS.bot));
    if (chat && chat !== this.pane.chat) this.pane.open(chat);
    else this.pane.render();
  }

  choices(label, people) {
    return el("optgroup", { label }, people.map((person) => el("option", { value: person.id }, this.describe(person))));
  }

  describe(person) {
    const group = this.world.groupsOf(person.id)[0];
    return `${person.name} · ${group ? group.title : person.id}`;
  }

  pass(person) {
    this.person = person;
    remember(this.name, person);
    dismiss(person);
    this.refresh();
    this.turned();
  }

  /** Block the bot, or let it write again: what happens to an answer that cannot be delivered? */
  async block() {
    await orSay(() => api.block(this.person, !this.pane.chat.blocked));
    await orSay(() => this.world.visit([this.person]));
  }

  async welcome() {
    const given = await ask(WORDS.newcomerTitle, [{ name: "name", label: WORDS.newcomerName, value: WORDS.newcomerDefault }]);
    if (!given) return;
    const person = await orSay(() => api.newPerson(given.name));
    if (!person) return;
    this.world.people.set(person.id, person);
    await this.world.visit([person.id]);
    this.pass(person.id);
    this.pane.composer.field.focus();
  }
}
