/** The panel that moves the bot's clock; hidden where the server has no such clock. */

import * as api from "./api.js";
import { byId } from "./dom.js";
import { toast } from "./notices.js";
import { WORDS } from "./words.js";

/** Show the panel if the server lets the clock be moved. */
export async function setUpClock() {
  const panel = byId("clock");
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    advance(panel, event.submitter);
  });
  panel.hidden = !(await movable());
}

async function movable() {
  try {
    await api.advance("PT0S"); // by nothing at all: only to learn whether there is a clock
    return true;
  } catch (error) {
    return error instanceof api.Refused && error.status !== 404;
  }
}

async function advance(panel, pressed) {
  const buttons = [...panel.querySelectorAll("button")];
  buttons.forEach((one) => { one.disabled = true; });
  pressed.setAttribute("aria-busy", "true");
  toast(WORDS.advancing, { key: "clock" });
  try {
    await api.advance(pressed.value);
    toast(`${WORDS.advanced} ${pressed.textContent}`, { key: "clock" });
  } catch (error) {
    panel.hidden = error.status === 404;
    toast(error.message, { key: "clock" });
  }
  pressed.removeAttribute("aria-busy");
  buttons.forEach((one) => { one.disabled = false; });
}
