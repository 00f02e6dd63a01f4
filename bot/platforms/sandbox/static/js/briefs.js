/** A message in one line: for lists, quotes, toasts and screen readers. */

import { WORDS } from "./words.js";

const KINDS = [
  "animation", "photo", "video", "video_note", "voice", "audio", "document", "sticker", "venue", "location", "contact", "poll", "dice",
];

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
  new_chat_members: (people) => WORDS.joined(people.map((one) => one.first_name).join("、")),
  left_chat_member: (person) => WORDS.left(person.first_name),
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
