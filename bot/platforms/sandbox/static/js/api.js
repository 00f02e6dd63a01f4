/** The people API (face 2 of the sandbox), one function a call. */

/** The server understood and said no; `message` is its sentence. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

async function call(path, { method = "GET", body, signal } = {}) {
  const form = body instanceof FormData;
  const headers = body && !form ? { "Content-Type": "application/json" } : {};
  const answer = await fetch(path, { method, headers, signal, body: form ? body : body && JSON.stringify(body) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, said.error ?? `HTTP ${answer.status}`);
  return said;
}

const chat = (id) => `/chats/${encodeURIComponent(id)}`;
const message = (id, messageId) => `${chat(id)}/messages/${messageId}`;

export const people = () => call("/people");
export const newPerson = (name) => call("/people", { method: "POST", body: { name } });
export const chatsOf = (person) => call(`/chats?as=${person}`);
export const messages = (id, person, after = 0) => call(`${chat(id)}/messages?as=${person}&after=${after}`);
/** The number from which a person's events go on; what happened before it stands in the messages. */
export const eventsNow = (person) => call(`/events?as=${person}`);
export const events = (person, since, wait, signal) =>
  call(`/events?as=${person}&since=${since}&wait=${wait}`, { signal });

export const say = (id, from, said) => call(`${chat(id)}/messages`, { method: "POST", body: { from, ...said } });
export const edit = (id, messageId, from, text) =>
  call(message(id, messageId), { method: "PATCH", body: { from, text } });
export const remove = (id, messageId, from) => call(message(id, messageId), { method: "DELETE", body: { from } });
export const react = (id, messageId, from, emoji) =>
  call(`${message(id, messageId)}/react`, { method: "POST", body: { from, emoji } });
export const press = (id, messageId, from, name) =>
  call(`${message(id, messageId)}/press`, { method: "POST", body: { from, button: name } });

export const newTopic = (id, name) => call(`${chat(id)}/topics`, { method: "POST", body: { name } });
/** `verb` is close or reopen. */
export const switchTopic = (id, topic, verb) => call(`${chat(id)}/topics/${topic}/${verb}`, { method: "POST" });
export const removeTopic = (id, topic) => call(`${chat(id)}/topics/${topic}`, { method: "DELETE" });

export const block = (person, blocked) => call(`/people/${person}/block`, { method: "POST", body: { blocked } });

export const advance = (duration) => call("/clock", { method: "POST", body: { advance: duration } });

export const fileAddress = (fileId) => `/files/${encodeURIComponent(fileId)}`;

/** Post `files` of one kind (photo, video, voice, document); several make an album whose caption is `said.text`. */
export function sayWithFiles(id, from, files, kind, said) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ from, kind, ...said })) if (value) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return call(`${chat(id)}/messages`, { method: "POST", body: form });
}
