/** A photo as large as the window; of an album all of them, one after the other. */

import { el, iconButton } from "./dom.js";
import { WORDS } from "./words.js";

/** Show picture number `at` of `pictures` ({address, caption}); arrow keys turn, Esc and a tap beside it close. */
export function enlarge(pictures, at) {
  let shown = at;
  const image = el("img", { alt: "" });
  const words = el("figcaption", { "aria-live": "polite" });
  const turn = (step) => {
    shown = (shown + step + pictures.length) % pictures.length;
    const { address, caption } = pictures[shown];
    image.src = address;
    image.alt = caption || WORDS.photo;
    words.textContent = [pictures.length > 1 && `${shown + 1} / ${pictures.length}`, caption].filter(Boolean).join(" · ");
  };
  const dialog = el("dialog", { class: "lightbox", "aria-label": WORDS.photo, onkeydown: (event) => STEPS[event.key] && turn(STEPS[event.key]) },
    el("figure", {}, image, words),
    pictures.length > 1 && [
      iconButton("before", WORDS.photoBefore, () => turn(-1), { class: "icon-button turn-before" }),
      iconButton("after", WORDS.photoAfter, () => turn(1), { class: "icon-button turn-after" }),
    ],
    iconButton("close", WORDS.close, () => dialog.close(), { class: "icon-button shut" }));
  dialog.addEventListener("click", (event) => { if (!event.target.closest("img, button")) dialog.close(); });
  dialog.addEventListener("close", () => setTimeout(() => dialog.remove()));
  turn(0);
  document.body.append(dialog);
  dialog.showModal();
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
