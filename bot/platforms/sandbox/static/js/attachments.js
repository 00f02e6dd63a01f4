/** What hangs on a message besides text: photos, files, voice, places, cards; and a few words for each. */

import { fileAddress } from "./api.js";
import { el } from "./dom.js";
import { WORDS } from "./words.js";

/** Elements for all that `message` carries; most messages carry nothing. */
export function attachments(message) {
  const parts = [];
  if (message.photo) parts.push(photo(message.photo));
  if (message.video) parts.push(el("video", { controls: true, preload: "metadata", src: fileAddress(message.video.file_id) }));
  if (message.voice) parts.push(sound(message.voice, WORDS.voice));
  if (message.audio) parts.push(sound(message.audio, WORDS.audio));
  if (message.document) parts.push(file(message.document));
  if (message.sticker) parts.push(el("span", { class: "sticker" }, message.sticker.emoji ?? WORDS.sticker));
  if (message.location) parts.push(place(message.location));
  if (message.contact) parts.push(card(message.contact));
  return parts;
}

function photo(sizes) {
  const largest = sizes.reduce((best, size) => ((size.width ?? 0) >= (best.width ?? 0) ? size : best));
  const address = fileAddress(largest.file_id);
  const picture = el("img", { src: address, alt: WORDS.photo, onerror: () => picture.replaceWith(WORDS.brokenImage) });
  return el("a", { class: "photo", href: address, target: "_blank", rel: "noopener" }, picture);
}

function sound(voice, name) {
  const length = voice.duration ? ` ${WORDS.seconds(voice.duration)}` : "";
  return el("span", { class: "sound" }, el("span", {}, name + length),
    el("audio", { controls: true, preload: "none", src: fileAddress(voice.file_id), "aria-label": name }));
}

function file(document_) {
  const name = document_.file_name ?? WORDS.file;
  const size = document_.file_size ? el("small", {}, readableSize(document_.file_size)) : null;
  return el("a", { class: "file", href: fileAddress(document_.file_id), download: name }, el("span", {}, name), size);
}

function readableSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function place({ latitude, longitude }) {
  return el("span", { class: "place" }, el("strong", {}, WORDS.location), `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
}

function card(contact) {
  return el("span", { class: "place" }, el("strong", {}, contact.first_name ?? WORDS.contact), contact.phone_number);
}

/** One line that stands for the message in lists, quotes and toasts. */
export function inBrief(message) {
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, " ");
  const kind = ["photo", "video", "voice", "audio", "document", "sticker", "location", "contact"].find((name) => message[name]);
  if (kind) return `[${WORDS[kind === "document" ? "file" : kind]}]`;
  return happened(message) ?? `[${WORDS.unknownMessage}]`;
}

/** The sentence for a service message; null for one that somebody said. */
export function happened(message) {
  if (message.new_chat_members) return WORDS.joined(message.new_chat_members.map((one) => one.first_name).join("、"));
  if (message.left_chat_member) return WORDS.left(message.left_chat_member.first_name);
  if (message.new_chat_title) return WORDS.titled(message.new_chat_title);
  if (message.pinned_message) return WORDS.pinned;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return WORDS.upgraded;
  if (message.group_chat_created || message.supergroup_chat_created) return WORDS.created;
  return null;
}
