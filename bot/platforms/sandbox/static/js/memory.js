/** What the browser remembers between visits. Storage may be full or forbidden: then nothing is remembered. */

const PREFIX = "lianxin.sandbox.";

export function recall(name, otherwise = null) {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A private window: the page works on, it only forgets.
  }
}

const seen = recall("seen", {});

/** The newest message id of a chat that was looked at, 0 where none was. */
export const lastSeen = (chatId) => seen[chatId] ?? 0;

export function markSeen(chatId, messageId) {
  if (messageId <= lastSeen(chatId)) return false;
  seen[chatId] = messageId;
  remember("seen", seen);
  return true;
}
