// The list of one person's chats: the freshest first, with the last line of each and what is unread.

import { avatar, el } from "./dom.js";
import { draftOf } from "./drafts.js";
import { shortly } from "./times.js";

/** The screen's children; `open(chat)` goes into a chat, `name(sender)` says who wrote. */
export function chatList(store, person, { now, open, name }) {
  const items = store.chatsOf(person).map((chat) => {
    const last = store.last(chat.id);
    const unread = store.unread(person, chat.id);
    return el("li", {},
      el("button", { type: "button", class: "chat-item", dataChat: chat.id, onclick: () => open(chat.id) },
        chat.kind === "private" ? avatar("bot", 0, "") : avatar("group", chat.id, chat.title),
        el("span", { class: "chat-about" },
          el("span", { class: "chat-top" }, el("b", {}, store.title(chat)), el("time", {}, last ? shortly(last.date, now) : "")),
          el("span", { class: "chat-top" }, preview(store, person, chat, last, name),
            unread ? el("span", { class: "badge", "aria-label": `${unread} 条未读` }, unread) : null))));
  });
  return [
    el("header", { class: "head list-head" }, el("h2", {}, "消息")),
    el("ul", { class: "chats", "aria-label": "聊天" }, items.length ? items : el("li", { class: "nothing" }, "还没有聊天")),
  ];
}

function preview(store, person, chat, last, name) {
  const draft = store.typing.has(chat.id) ? null : draftOf(person, chat.id);
  if (draft) return el("span", { class: "preview" }, el("em", {}, "草稿："), draft.text.replaceAll("\n", " "));
  return el("span", { class: "preview" }, lastLine(store, person, chat, last, name));
}

function lastLine(store, person, chat, last, name) {
  if (store.typing.has(chat.id)) return "正在输入…";
  if (!last) return chat.kind === "private" ? "点开后按「开始」" : "";
  if (last.service) return last.service;
  const who = chat.kind !== "private" && last.sender.id !== person ? `${name(last.sender)}：` : "";
  const file = last.file ? (last.file.photo ? "［图片］" : `［文件］${last.file.name} `) : "";
  return who + file + last.text.replaceAll("\n", " ");
}
