/** What a fresh page says about itself. */

import { button, el } from "./dom.js";
import { show } from "./notices.js";
import { EXAMPLES, GUIDE, WORDS } from "./words.js";

/** In the phone's empty chat: sentences to begin with; `fill` puts one into the field. */
export function phoneGuide(fill) {
  return el("li", { class: "guide" }, el("h3", {}, GUIDE.phoneTitle), el("p", {}, GUIDE.phoneText),
    EXAMPLES.map((sentence) => button(sentence, () => fill(sentence), { class: "example" })),
    el("p", {}, GUIDE.phoneNext));
}

export const staffGuide = () => el("li", { class: "guide" }, el("p", {}, GUIDE.staffText));

export const emptyGroup = () => el("li", { class: "guide" }, el("p", {}, WORDS.quiet));

/** Where no group is open yet: where to look, step by step. */
export const officeGuide = () => el("li", { class: "guide" }, el("h3", {}, GUIDE.officeTitle), steps());

const steps = () => el("ol", { class: "steps" }, GUIDE.steps.map((step) => el("li", {}, step)));

export function showHelp() {
  show(GUIDE.title, steps(), el("ul", { class: "tips" }, GUIDE.tips.map((tip) => el("li", {}, tip))));
}
