/** Brings the page up: the world, the two sides, and what happens when something new arrives. */

import { inBrief } from "./briefs.js";
import { setUpClock } from "./clock.js";
import { byId } from "./dom.js";
import { showHelp } from "./guide.js";
import { lastSeen, recall, remember } from "./memory.js";
import { announce, banner, toast } from "./notices.js";
import { Office } from "./office.js";
import { Pane } from "./pane.js";
import { Phone } from "./phone.js";
import { topicOf } from "./topics.js";
import { Watch } from "./watch.js";
import { WORDS } from "./words.js";
import { World } from "./world.js";

const narrow = matchMedia("(max-width: 699px)");
const wide = matchMedia("(min-width: 1024px)");
const onTab = (name) => !narrow.matches || document.body.dataset.tab === name;

const world = new World();
const watch = new Watch(world, () => [phone.person, office.speaker(), second?.person ?? null], connection);
const turned = () => watch.refocus();
const phone = new Phone(world, { name: "phone", visible: () => onTab("phone"), turned });
const office = new Office(world, () => onTab("office"), turned);
let second = null;
let drawing = false;

const panes = () => [phone, office, second].filter(Boolean).map(({ pane }) => pane);
const phones = () => [phone, second].filter(Boolean);

/** Put a second phone beside the first, in the hands of another citizen, or take it away. */
function secondPhone(there) {
  const other = [...world.people.values()].find((person) => person.id !== phone.person && !world.groupsOf(person.id).length);
  if (there && !second && other) second = new Phone(world, { name: "second", person: other.id, visible: () => wide.matches, turned });
  if (!there) { second?.section.remove(); second = null; }
  remember("two", Boolean(second));
  byId("two").textContent = second ? WORDS.onePhone : WORDS.twoPhones;
  document.body.dataset.phones = second ? "2" : "1";
  second?.refresh();
  turned();
}

function connection(well) {
  banner(well ? null : WORDS.lost);
}

function turnTo(tab) {
  document.body.dataset.tab = tab;
  remember("tab", tab);
  for (const name of ["phone", "office"]) byId(`tab-${name}`).setAttribute("aria-pressed", String(name === tab));
  for (const pane of panes()) {
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
  if (kind === "all" && !chat) [...phones(), office].forEach((side) => side.refresh());
  for (const pane of panes()) if (chat && chat === pane.chat && kind !== "seen") pane.render();
  if (kind === "deleted") office.follow();
  if (kind === "message") news(chat, message);
  if (kind === "edited" && message.from?.is_bot && phones().some(({ pane }) => pane.chat === chat)) announce(Pane.spoken(message));
  if (kind !== "typing") drawSoon();
}

/** Something new was said: say it aloud where its chat is open, else show the way there. */
function news(chat, message) {
  const topic = topicOf(message);
  if (panes().some((pane) => pane.chat === chat && pane.topic === topic)) {
    if (![...phones().map(({ person }) => person), office.speaker()].includes(message.from?.id)) announce(Pane.spoken(message));
    return;
  }
  if (!chat.isGroup) privateNews(chat, message);
  else if (!office.chat && !narrow.matches) office.open(chat, topic);
  else toast(inBrief(message), { key: chat.id, title: chat.title, go: () => goTo(chat, topic) });
}

/** A staff member got a private message, such as a phone number they asked to see. */
function privateNews(chat, message) {
  const name = world.people.get(chat.id)?.name ?? WORDS.someone(chat.id);
  const go = () => { turnTo("phone"); phone.pass(chat.id); };
  toast(inBrief(message), { key: chat.id, title: WORDS.privateNews(name), go });
}

function goTo(chat, topic) {
  turnTo("office");
  office.open(chat, topic);
}

world.addEventListener("change", changed);
byId("help").addEventListener("click", showHelp);
byId("two").addEventListener("click", () => secondPhone(!second));
byId("tab-phone").addEventListener("click", () => turnTo("phone"));
byId("tab-office").addEventListener("click", () => turnTo("office"));
document.addEventListener("visibilitychange", () => panes().forEach((pane) => pane.look()));
turnTo(recall("tab", "phone"));
watch.start().then(() => secondPhone(recall("two") && wide.matches)).then(setUpClock);
