/** Files that were chosen and wait for their caption: shown above the field, sent with it. */

import { el, iconButton } from "./dom.js";
import { WORDS } from "./words.js";

const MOST = 10; // parts of an album, as the Bot API has it

export class Tray {
  /** `filled()` is called when files were chosen. */
  constructor(filled) {
    Object.assign(this, { filled, files: [], kind: null });
    this.chooser = el("input", { type: "file", multiple: true, hidden: true, tabindex: -1, onchange: () => this.take() });
    this.element = el("div", { class: "about tray", hidden: true });
  }

  /** Let the person choose files to be sent as `kind`: "media" is photos and videos, any other name the API's own. */
  choose(kind) {
    this.wanted = kind;
    this.chooser.accept = { media: "image/*,video/*", voice: "audio/*" }[kind] ?? "";
    this.chooser.click();
  }

  take() {
    const chosen = [...this.chooser.files];
    this.chooser.value = "";
    if (!chosen.length) return;
    if (this.kind !== this.wanted) this.files = [];
    this.kind = this.wanted;
    this.files = [...this.files, ...chosen].slice(0, MOST);
    this.draw();
    this.filled();
  }

  get empty() {
    return this.files.length === 0;
  }

  clear() {
    this.files = [];
    this.draw();
  }

  /** Give what is to be sent, [{kind, files}], each kind together, and be empty. */
  handOver() {
    const byKind = Map.groupBy(this.files, (file) => this.kindOf(file));
    this.clear();
    return [...byKind].map(([kind, files]) => ({ kind, files }));
  }

  kindOf(file) {
    if (this.kind !== "media") return this.kind;
    return file.type.startsWith("video/") ? "video" : "photo";
  }

  draw() {
    this.element.hidden = this.empty;
    this.element.replaceChildren(
      el("div", { class: "about-words" }, el("strong", {}, WORDS.toSend[this.kind]?.(this.files.length) ?? ""),
        el("span", {}, this.files.map((file) => file.name).join("、"))),
      el("div", { class: "thumbs", "aria-hidden": "true" }, this.kind === "media" && this.files.map(thumb)),
      iconButton("close", WORDS.cancel, () => { this.clear(); this.filled(); }));
  }
}

function thumb(file) {
  if (!file.type.startsWith("image/")) return null;
  const address = URL.createObjectURL(file);
  return el("img", { src: address, alt: "", onload: () => URL.revokeObjectURL(address), onerror: () => URL.revokeObjectURL(address) });
}
