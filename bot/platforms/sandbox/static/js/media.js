/** What hangs on a message besides text: photos, albums, sounds, files, places, cards, polls. */

import { fileAddress } from "./api.js";
import { button, el } from "./dom.js";
import { enlarge } from "./lightbox.js";
import { WORDS } from "./words.js";

/** Elements for all that the parts of one message carry; most messages carry nothing, an album has several parts. */
export function attachments(parts) {
  const pictures = parts.filter((part) => part.photo).map(picture);
  if (parts.length < 2) return carried(parts[0], pictures);
  const seen = parts.every((part) => part.photo || part.video);
  return [el("div", { class: seen ? `album album-${Math.min(parts.length, 4)}` : "stack" }, parts.map((part) => carried(part, pictures)))];
}

function carried(message, pictures) {
  if (message.animation) return [animation(message.animation)]; // such a message has a document too, the same file
  if (message.venue) return [venue(message.venue)]; // and such a one a location
  return Object.keys(DRAWN).filter((kind) => message[kind]).map((kind) => DRAWN[kind](message[kind], pictures));
}

const DRAWN = {
  photo: (sizes, pictures) => photo(fileAddress(largest(sizes).file_id), pictures),
  video: (video) => film(video, WORDS.video),
  video_note: (video) => film(video, WORDS.video_note, { class: "round" }),
  voice: (voice) => sound(voice, WORDS.voice),
  audio: (audio) => sound(audio, [audio.performer, audio.title].filter(Boolean).join(" · ") || audio.file_name || WORDS.audio),
  document: file,
  sticker,
  location: (place) => card(WORDS.location, coordinates(place)),
  contact: (person) => card([person.first_name, person.last_name].filter(Boolean).join(" ") || WORDS.contact, person.phone_number),
  poll,
  dice: (dice) => el("span", { class: "sticker" }, `${dice.emoji} ${dice.value}`),
};

const largest = (sizes) => sizes.reduce((best, size) => ((size.width ?? 0) >= (best.width ?? 0) ? size : best));

const picture = (message) => ({ address: fileAddress(largest(message.photo).file_id), caption: message.caption ?? "" });

function photo(address, pictures) {
  const at = pictures.findIndex((one) => one.address === address);
  const label = pictures.length > 1 ? WORDS.enlargeOf(at + 1, pictures.length) : WORDS.enlarge;
  return button(orElse(el("img", { src: address, alt: "" }), WORDS.brokenImage),
    () => enlarge(pictures, at), { class: "photo", "aria-label": label, title: label });
}

/** The element, until it turns out that it cannot be shown; then `words`. */
function orElse(element, words) {
  element.addEventListener("error", () => element.replaceWith(el("span", { class: "broken" }, words)));
  return element;
}

function film(video, name, attributes = {}) {
  return orElse(el("video", { controls: true, preload: "metadata", playsinline: true, src: fileAddress(video.file_id), "aria-label": name, ...attributes }),
    file({ file_name: name, ...video }));
}

function animation(clip) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const source = { src: fileAddress(clip.file_id), "aria-label": WORDS.animation };
  if (clip.mime_type?.startsWith("image/")) return orElse(el("img", { alt: WORDS.animation, ...source }), WORDS.brokenImage);
  const film_ = el("video", { loop: true, playsinline: true, controls: still, autoplay: !still, ...source });
  film_.muted = true; // the attribute alone does not silence what a script made
  return orElse(film_, file(clip));
}

function sound(recording, name) {
  return el("span", { class: "sound" },
    el("span", {}, name, " ", el("small", {}, recording.duration ? lasting(recording.duration) : "")),
    el("audio", { controls: true, controlslist: "nodownload noplaybackrate", preload: "metadata", src: fileAddress(recording.file_id), "aria-label": name }));
}

const lasting = (seconds) =>
  (seconds < 60 ? WORDS.seconds(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);

function file(document_) {
  const name = document_.file_name ?? WORDS.document;
  const size = document_.file_size ? readableSize(document_.file_size) : "";
  return el("a", { class: "file", href: fileAddress(document_.file_id), download: name, "aria-label": WORDS.download(name, size) },
    el("span", {}, name), el("small", {}, size));
}

function readableSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function sticker(drawn) {
  const emoji = drawn.emoji ?? WORDS.sticker;
  if (drawn.is_animated || drawn.is_video) return el("span", { class: "sticker" }, emoji);
  const image = el("img", { class: "sticker-image", src: fileAddress(drawn.file_id), alt: `${WORDS.sticker} ${drawn.emoji ?? ""}` });
  image.addEventListener("error", () => image.replaceWith(el("span", { class: "sticker" }, emoji)));
  return image;
}

const coordinates = ({ latitude, longitude }) => WORDS.coordinates(latitude.toFixed(5), longitude.toFixed(5));

const card = (title, ...lines) =>
  el("span", { class: "card" }, el("strong", {}, title), lines.filter(Boolean).map((line) => el("span", {}, line)));

const venue = (place) => card(place.title, place.address, coordinates(place.location));

function poll({ question, options, total_voter_count: voters, is_closed: closed }) {
  return el("div", { class: "poll" }, el("strong", {}, question),
    el("ul", {}, options.map((option) => el("li", {}, el("span", {}, option.text), el("small", {}, WORDS.votes(option.voter_count))))),
    el("small", {}, closed ? WORDS.pollClosed(voters) : WORDS.pollOpen(voters)));
}
