/** Listening to the server: a held request for each chat on screen, short rounds for all other groups. */

import * as api from "./api.js";
import { pause } from "./dom.js";

const HOLD = 25; // seconds
const ROUND = 1500; // milliseconds between rounds; a browser cannot hold 45 requests at once
const ROUND_HIDDEN = 10000;
const AGAIN = 1500;

const letGo = (signal) => new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));

const onScreenPlaces = () => [0, 1, 2].map(() => new AbortController());

export class Watch {
  /** `onScreen()` gives [phone's person, office speaker, second phone's person], null where there is none; `connection(ok)` hears of loss and return. */
  constructor(world, onScreen, connection) {
    this.world = world;
    this.onScreen = onScreen;
    this.connection = connection;
    this.cursors = new Map();
    this.held = onScreenPlaces();
    this.lost = false;
  }

  /** Load everything, then follow it for as long as the page is open. */
  async start() {
    await this.untilItWorks(() => this.loadAll());
    this.held.forEach((_, place) => this.hold(place));
    this.rounds();
  }

  async loadAll() {
    const { seq } = await api.eventsNow(await this.anyone());
    await this.world.survey();
    for (const person of this.readers()) this.cursors.set(person, seq);
    await this.world.loadAll(this.persons());
  }

  persons() {
    return this.onScreen().filter((person) => person !== null);
  }

  readers() {
    return new Set([...this.persons(), ...this.world.groups().map((chat) => chat.reader)]);
  }

  /** The numbers of events are one row for all people, so it does not matter whom one asks for. */
  async anyone() {
    return (await api.people())[0].id;
  }

  /** Note where the events stand, so that what is loaded afterwards misses none. */
  async prime(person) {
    const { seq } = await api.eventsNow(person);
    this.cursors.set(person, seq);
  }

  /** Someone else is on screen: let go of what is held, and read the new private chat. */
  async refocus() {
    for (const controller of this.held) controller.abort();
    this.held = onScreenPlaces();
    for (const person of this.persons()) await this.catchUp(person);
  }

  async catchUp(person) {
    const chat = this.world.chats.get(person);
    if (!this.cursors.has(person)) await this.prime(person);
    if (!chat) return;
    await this.world.load(chat);
    this.world.tell({ chat, kind: "all" });
  }

  async poll(person, wait, signal) {
    if (!this.cursors.has(person)) await this.prime(person);
    const since = this.cursors.get(person);
    const { events, seq, reset } = await api.events(person, since, wait, signal);
    if (reset || seq < since) return this.startOver();
    for (const event of events) await this.world.apply(event, person);
    this.cursors.set(person, seq);
    return undefined;
  }

  /** The server no longer knows all that happened since: read everything anew. */
  async startOver() {
    this.cursors.clear();
    await this.loadAll();
  }

  async hold(place) {
    for (;;) {
      const person = this.onScreen()[place];
      const signal = this.held[place].signal;
      if (person === null) await Promise.race([pause(ROUND), letGo(signal)]);
      else await this.attempt(() => this.poll(person, this.lost ? 0 : HOLD, signal), signal);
    }
  }

  async rounds() {
    for (;;) {
      await pause(document.hidden ? ROUND_HIDDEN : ROUND);
      const onScreen = new Set(this.persons());
      for (const person of this.readers()) {
        if (!onScreen.has(person) && !this.lost) await this.attempt(() => this.poll(person, 0));
      }
    }
  }

  async attempt(work, signal) {
    try {
      await work();
      if (this.lost) await this.regain();
    } catch (error) {
      if (signal?.aborted) return;
      this.lose(error);
      await pause(AGAIN);
    }
  }

  lose(error) {
    if (error instanceof api.Refused && error.status < 500) return;
    this.lost = true;
    this.connection(false);
  }

  async regain() {
    await this.loadAll();
    this.lost = false;
    this.connection(true);
  }

  async untilItWorks(work) {
    for (;;) {
      try {
        await work();
        this.connection(true);
        return;
      } catch {
        this.connection(false);
        await pause(AGAIN);
      }
    }
  }
}
