/** Brings the page up: the world, the two sides, and what happens when something new arrives. */

import { inBrief } from "./attachments.js";
import { setUpClock } from "./clock.js";
import { byId } from "./dom.js";
import { showHelp } from "./guide.js";
import { lastSeen, recall, remember } from "./memory.js";
import { announce, banner, toast } from "./notices.js";
import { Office } from "./office.js";
import { Pane } from "./pane.js";
import { Phone } from "./phone.js";
import { Watch } from "./watch.js";
import { WORDS } from "./words.js";
import { World } from "./world.js";

const narrow = matchMedia("(max-width: 699px)");
const onTab = (name) => !narrow.matches || document.body.dataset.tab === name;

const world = new World();
const watch = new Watch(world, () => [phone.person, office.speaker()], connection);
const phone = new Phone(world, () => onTab("phone"), () => watch.refocus());
const office = new Office(world, () => onTab("office"), () => watch.refocus());
let drawing = false;

function connection(well) {
  banner(well ? null : WORDS.lost);
}

function turnTo(tab) {
  document.body.dataset.tab = tab;
  remember("tab", tab);
  for (const name of ["phone", "office"]) byId(`tab-${name}`).setAttribute("aria-pressed", String(name === tab));
  for (const { pane } of [phone, office]) {
    if (pane.stuck) pane.toBottom();
    pane.look();
  }
  drawBadges();
}

function drawBadges() {
  const last = phone.pane.chat?.last();
  const unseen = last && last.from?.id !== phone.person && last.message_id > lastSeen(phone.person);
  badge("tab-phone", unseen ? 1 : 0);
  badge("tab-office", office.waiting());
}

function badge(tab, count) {
  const mark = byId(tab).querySelector(".badge");
  mark.hidden = count === 0;
  mark.textContent = String(count);
}

/** Many changes of one moment are drawn once. */
function drawSoon() {
  if (drawing) return;
  drawing = true;
  queueMicrotask(() => {
    drawing = false;
    office.drawList();
    drawBadges();
  });
}

function changed({ detail: { chat, message, kind } }) {
  if (kind === "all" && !chat) {
    phone.refresh();
    office.refresh();
  }
  for (const { pane } of [phone, office]) if (chat && chat === pane.chat && kind !== "seen") pane.render();
  if (kind === "message") news(chat, message);
  if (kind !== "typing") drawSoon();
}

/** Something new was said: say it aloud where its chat is open, else show the way there. */
function news(chat, message) {
  if (chat === phone.pane.chat || chat === office.chat) {
    if (![phone.person, office.speaker()].includes(message.from?.id)) announce(Pane.spoken(message));
    return;
  }
  if (!chat.isGroup) privateNews(chat, message);
  else if (!office.chat && !narrow.matches) office.open(chat);
  else toast(inBrief(message), { key: chat.id, title: chat.title, go: () => goTo(chat) });
}

/** A staff member got a private message, such as a phone number they asked to see. */
function privateNews(chat, message) {
  const name = world.people.get(chat.id)?.name ?? WORDS.someone(chat.id);
  const go = () => { turnTo("phone"); phone.pass(chat.id); };
  toast(inBrief(message), { key: chat.id, title: WORDS.privateNews(name), go });
}

function goTo(chat) {
  turnTo("office");
  office.open(chat);
}

world.addEventListener("change", changed);
byId("help").addEventListener("click", showHelp);
byId("tab-phone").addEventListener("click", () => turnTo("phone"));
byId("tab-office").addEventListener("click", () => turnTo("office"));
document.addEventListener("visibilitychange", () => [phone, office].forEach(({ pane }) => pane.look()));
turnTo(recall("tab", "phone"));
watch.start().then(setUpClock);
