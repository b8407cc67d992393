// What was written and not sent, by person and chat: it outlasts a lost connection and a reload of the page.

const DRAFTS = "banjie.drafts";

/** The draft {text, reply, edit} of a person in a chat, or null. */
export function draftOf(person, chat) {
  return all()[`${person}:${chat}`] ?? null;
}

/** Keep what stands in the input line; nothing written is nothing kept. */
export function keepDraft(person, chat, draft) {
  const drafts = all();
  const key = `${person}:${chat}`;
  if (draft.text.trim()) drafts[key] = draft;
  else if (key in drafts) delete drafts[key];
  else return;
  try {
    localStorage.setItem(DRAFTS, JSON.stringify(drafts));
  } catch {
    // private browsing: the draft lasts as long as the page
  }
}

function all() {
  try {
    return JSON.parse(localStorage.getItem(DRAFTS)) ?? {};
  } catch {
    return {};
  }
}
