/** Text with Bot API entities as nodes: bold, links, commands. JavaScript counts in UTF-16 as the Bot API does. */

import { button, el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", mention: "span", text_mention: "span",
  hashtag: "span", cashtag: "span", bot_command: "span", spoiler: "span", phone_number: "span",
};

const SAFE_LINK = /^(https?:|mailto:|tel:)/i;

/** Nodes for `text`; a bot command becomes a button that calls `onCommand` with it. */
export function rendered(text, entities = [], onCommand = null) {
  const ordered = entities
    .map((entity, order) => ({ ...entity, end: entity.offset + entity.length, order }))
    .sort((a, b) => a.offset - b.offset || b.end - a.end || a.order - b.order);
  return within(text, 0, text.length, ordered, onCommand);
}

function within(text, start, end, entities, onCommand) {
  const nodes = [];
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const until = Math.min(entity.end, end);
    const inner = others.filter((other) => other.offset < until);
    rest = others.filter((other) => other.offset >= until);
    if (entity.offset < at || until <= entity.offset) continue;
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    nodes.push(wrapped(entity, text.slice(entity.offset, until), within(text, entity.offset, until, inner, onCommand), onCommand));
    at = until;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrapped(entity, words, children, onCommand) {
  const address = { url: words, text_link: entity.url, email: `mailto:${words}` }[entity.type];
  if (address) return link(address, children);
  if (entity.type === "bot_command" && onCommand) return button(words, () => onCommand(words), { class: "command" });
  return el(TAGS[entity.type] ?? "span", { class: `entity-${entity.type}` }, children);
}

function link(address, children) {
  const href = /^[a-z][a-z+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!SAFE_LINK.test(href)) return el("span", {}, children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, children);
}
