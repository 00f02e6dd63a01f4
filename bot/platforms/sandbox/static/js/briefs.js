/** A message in one line: for lists, quotes, toasts and screen readers. */

import { WORDS } from "./words.js";

const KINDS = [
  "animation", "photo", "video", "video_note", "voice", "audio", "document", "sticker", "venue", "location", "contact", "poll", "dice",
];

const BOT = 1; // the sample city's own bot; the page knows it by its Chinese name

/** What a person or a bot is called. */
export function nameOf(user) {
  return !user || user.id === BOT ? WORDS.bot : [user.first_name, user.last_name].filter(Boolean).join(" ");
}

/** One line that stands for `message`. */
export function inBrief(message) {
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, " ");
  const kind = KINDS.find((name) => message[name]);
  if (kind) return `[${WORDS[kind]}]`;
  return happened(message) ?? `[${WORDS.unknownMessage}]`;
}

/** The sentence for a service message; null for one that somebody said. */
export function happened(message) {
  for (const [field, sentence] of Object.entries(SERVICE)) {
    if (message[field]) return sentence(message[field]);
  }
  return null;
}

const SERVICE = {
  new_chat_members: (people) => WORDS.joined(people.map(nameOf).join("、")),
  left_chat_member: (person) => WORDS.left(nameOf(person)),
  new_chat_title: (title) => WORDS.titled(title),
  pinned_message: (pinned) => WORDS.pinned(inBrief(pinned)),
  migrate_to_chat_id: () => WORDS.upgraded,
  migrate_from_chat_id: () => WORDS.upgradedHere,
  group_chat_created: () => WORDS.created,
  supergroup_chat_created: () => WORDS.created,
  forum_topic_created: (topic) => WORDS.topicCreated(topic.name),
  forum_topic_edited: (topic) => WORDS.topicRenamed(topic.name ?? ""),
  forum_topic_closed: () => WORDS.topicClosed,
  forum_topic_reopened: () => WORDS.topicReopened,
  general_forum_topic_hidden: () => WORDS.generalHidden,
  general_forum_topic_unhidden: () => WORDS.generalShown,
};
