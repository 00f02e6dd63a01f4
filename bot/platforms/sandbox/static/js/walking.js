/** The keyboard among messages: Tab stops at one message only, arrow keys lead to the others. */

const CONTROLS = "a, button, audio, video";

export class Walk {
  /** `list` holds the messages; `leave()` takes the focus back to the input field. */
  constructor(list, leave) {
    Object.assign(this, { list, leave, current: null });
    list.addEventListener("keydown", (event) => this.keyed(event));
    list.addEventListener("focusin", (event) => this.stopAt(event.target.closest(".message")));
  }

  items() {
    return [...this.list.querySelectorAll(":scope > .message:not(.pending)")];
  }

  /** The messages were drawn anew: the newest is the one to stop at, unless somebody is just reading another. */
  drawn() {
    const reading = this.list.contains(document.activeElement) && this.current?.isConnected;
    this.stopAt(reading ? this.current : this.items().at(-1) ?? null);
  }

  stopAt(message) {
    if (!message) return;
    this.current = message;
    for (const item of this.items()) {
      const order = item === message ? 0 : -1;
      item.tabIndex = order;
      for (const control of item.querySelectorAll(CONTROLS)) control.tabIndex = order;
    }
  }

  /** From the field to the newest message; false where there is none. */
  enter() {
    this.stopAt(this.items().at(-1) ?? null);
    this.current?.focus();
    return this.current !== null;
  }

  keyed(event) {
    if (event.target.closest("audio, video") || event.altKey || event.ctrlKey || event.metaKey) return;
    const message = event.target.closest(".message");
    const went = message && this.go(event, message);
    if (went) event.preventDefault();
  }

  go(event, message) {
    const items = this.items();
    const at = items.indexOf(message);
    const target = { ArrowUp: items[at - 1], ArrowDown: items[at + 1], Home: items[0], End: items.at(-1) }[event.key];
    if (target) return this.focus(target);
    if (event.key === "ArrowDown" || event.key === "Escape") return this.back(message, event.key);
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") return this.along(message, event.key === "ArrowRight" ? 1 : -1);
    const onMessage = event.target === message && (event.key === "Enter" || event.key === " ");
    return onMessage && this.choose(message);
  }

  focus(target) {
    target.focus();
    return true;
  }

  /** Out of the choices of a message, or out of the messages. */
  back(message, key) {
    if (key === "Escape" && message.classList.contains("chosen")) {
      message.querySelector("[aria-expanded]").click();
      return this.focus(message);
    }
    this.leave();
    return true;
  }

  /** Among the buttons of one message. */
  along(message, step) {
    const controls = [...message.querySelectorAll(CONTROLS)].filter((control) => control.checkVisibility());
    const at = controls.indexOf(document.activeElement);
    const target = controls[at < 0 && step < 0 ? controls.length - 1 : at + step];
    return target ? this.focus(target) : true;
  }

  /** Open what one can do with a message. */
  choose(message) {
    message.querySelector("[aria-expanded]")?.click();
    message.querySelector(".choices button")?.focus();
    return true;
  }
}
