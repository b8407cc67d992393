// One phone: whose it is, its list of chats, and the chat that is open on it.

import { avatar, el, icon } from "./dom.js";
import { waitingKey } from "./bubble.js";
import { chatList } from "./chatlist.js";
import { Composer } from "./composer.js";
import { draftOf, keepDraft } from "./drafts.js";
import { acceptDrops, openMenus } from "./gestures.js";
import { Log } from "./log.js";
import { Overlay } from "./overlay.js";
import { clockTime } from "./times.js";

const ANSWER_WITHIN = 15_000; // ms a pressed button keeps turning without an answer, as on a real phone

export class Phone {
  chat = null; // id of the open chat, null for the list
  inSight = true;
  #over;
  #log = null;
  #composer = null;
  #waiting = new Map(); // pressed button -> timer
  #queries = new Map(); // query id -> pressed button

  /** `house` has the store, the wire, now() and the stage's doings (choose, close, moved, switchTo). */
  constructor(house, person, chat) {
    this.house = house;
    this.person = person;
    this.chat = chat === undefined ? person : chat;
    this.owner = el("button", { type: "button", class: "owner", "aria-haspopup": "dialog", onclick: () => house.choose(this) });
    this.time = el("span", { class: "status-time" });
    this.screen = el("div", { class: "screen" });
    this.glass = el("div", { class: "glass" },
      el("div", { class: "status", "aria-hidden": "true" }, this.time, el("span", { class: "status-icons" }, icon("signal"), el("i", { class: "battery" }))),
      this.screen, el("div", { class: "drop", "aria-hidden": "true" }, icon("clip"), "松开鼠标，发送文件"));
    this.#over = new Overlay(this.glass);
    this.root = el(
      "section",
      { class: "phone", tabindex: "-1" },
      el("div", { class: "label" }, this.owner,
        el("button", { type: "button", class: "round remove", "aria-label": "收起这部手机", title: "收起这部手机", onclick: () => house.close(this) }, icon("close"))),
      el("div", { class: "frame" }, this.glass),
    );
    acceptDrops(this.glass, () => this.#composer);
    openMenus(this.glass);
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.#name();
  }

  get store() {
    return this.house.store;
  }

  /** Load the owner's chats and show the one that was open, or bring it up to date: what is being written stays. */
  async load() {
    try {
      await this.store.load(this.person);
    } catch (error) {
      this.toast(error.message);
      return;
    }
    this.#name();
    if (this.#log && this.#composer && this.#writable(this.chat)) this.#refresh();
    else this.open(this.#knows(this.chat) ? this.chat : null);
  }

  #writable(chat) {
    const known = this.store.chats.get(chat);
    return this.#knows(chat) && !known.blocked && (known.kind !== "private" || known.opened);
  }

  #refresh() {
    this.#log.fill(this.store.history(this.chat));
    this.#tools();
    this.#head();
  }

  /** Go into the bot's chat with something laid ready there: a text, or a file under one. */
  propose({ text, name, content }) {
    if (this.chat !== this.person || !this.#composer) this.open(this.person);
    if (name) this.#composer?.files([new File([content], name, { type: "text/plain" })], text);
    else this.#composer?.propose(text);
  }

  become(person, chat) {
    this.person = person;
    this.chat = chat === undefined ? person : chat;
    this.#leave();
    this.screen.replaceChildren();
    this.#name();
    this.house.moved();
    return this.load();
  }

  #knows(chat) {
    return this.store.chats.get(chat)?.members.includes(this.person) ?? false;
  }

  #name() {
    const who = this.store.person(this.person);
    this.root.setAttribute("aria-label", who ? `${who.name}的手机` : "手机");
    this.owner.title = "换一个人";
    this.owner.replaceChildren(
      avatar("person", this.person, who?.name ?? "？"),
      el("span", { class: "owner-name" }, el("b", {}, who?.name ?? `编号 ${this.person}`), el("span", {}, who?.post ?? "不在花名册")),
      icon("down"),
    );
    this.tick();
  }

  tick() {
    this.time.textContent = clockTime(this.house.now());
  }

  #leave() {
    this.#log?.close();
    this.#log = null;
    this.#composer = null;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#queries.clear();
  }

  /** Show a chat, or the list of chats for null. */
  open(chat) {
    this.#leave();
    const moved = this.chat !== chat;
    this.chat = chat;
    if (chat === null) this.#drawList();
    else this.#drawChat();
    if (moved) this.house.moved();
  }

  // the list of chats

  #drawList() {
    const held = this.screen.contains(document.activeElement) ? document.activeElement.dataset.chat : undefined;
    this.screen.replaceChildren(...chatList(this.store, this.person, {
      now: this.house.now(), open: (chat) => this.open(chat), name: (sender) => this.#titled(sender).name,
    }));
    if (held) this.screen.querySelector(`[data-chat="${held}"]`)?.focus({ preventScroll: true });
  }

  // one chat

  #drawChat() {
    const chat = this.store.chats.get(this.chat);
    const group = chat.kind !== "private";
    const waiting = { has: (key) => this.#waiting.has(key) };
    this.#log = new Log({ person: this.person, group, waiting, act: this.#acts() }, { now: this.house.now, seen: () => this.#seen() });
    this.back = el("button", { type: "button", class: "back", "aria-label": "返回聊天列表", onclick: () => this.open(null) });
    this.subtitle = el("span", { class: "subtitle" });
    this.pin = el("button", { type: "button", class: "pinned", onclick: () => this.#log.show(this.store.pinned.get(this.chat)) });
    this.screen.replaceChildren(
      el("div", {}, el("header", { class: "head chat-head" }, this.back,
        group ? avatar("group", chat.id, chat.title) : avatar("bot", 0, ""),
        el("div", { class: "head-name" }, el("h2", {}, this.store.title(chat)), this.subtitle),
        group ? null : el("button", { type: "button", class: "round", "aria-label": "更多", "aria-haspopup": "menu", onclick: (event) => this.#chatMenu(event.currentTarget) }, icon("more"))), this.pin),
      this.#log.root,
    );
    this.#drawFoot(chat, group);
    this.#head();
    this.#log.empty = group
      ? "群里还没有消息。"
      : [avatar("bot", 0, ""), el("p", {}, chat.opened ? "还没有消息。点左下角的菜单，或直接输入要办的事，如「请假」。" : "按下方「开始」，机器人才能给您发消息。")];
    this.#log.fill(this.store.history(chat.id));
  }

  #drawFoot(chat, group) {
    this.foot?.remove();
    this.#composer = null;
    if (chat.blocked) {
      this.foot = el("div", { class: "composer" }, group
        ? el("p", { class: "foot-note" }, "机器人已不在此群")
        : el("button", { type: "button", class: "foot-button", onclick: () => this.#do("blocks", { blocked: false }) }, "恢复接收"));
    } else if (!group && !chat.opened) {
      this.foot = el("div", { class: "composer" }, el("button", { type: "button", class: "foot-button", onclick: () => this.#do("starts", { payload: "" }) }, "开始"));
    } else {
      const { person, chat: here } = this;
      this.#composer = new Composer({
        say: (text, reply) => this.say(text, reply),
        edit: (message, text) => this.#do("edits", { message: message.message_id, text }),
        file: (file, how) => this.house.wire.sendFile(person, here, file, how),
        share: (what, details) => this.#do(what, details),
        menu: (at, entries) => this.#over.menu(at, entries),
        last: () => this.store.history(here).findLast((message) => message.sender.id === person && message.html && !message.file && !message.sticker && !message.voice),
        find: (id) => this.store.messages.get(here)?.get(id) ?? null,
        name: (sender) => this.#titled(sender).name,
        kept: (draft) => keepDraft(person, here, draft),
      });
      this.#tools();
      this.foot = this.#composer.root;
      const draft = draftOf(person, here);
      if (draft) this.#composer.take(draft);
    }
    this.screen.append(this.foot);
  }

  #tools() {
    this.#composer?.commands(this.store.commands.get(`${this.person}:${this.chat}`) ?? []);
    this.#composer?.keyboard(this.store.keyboards.get(`${this.person}:${this.chat}`) ?? null);
  }

  #head() {
    if (!this.#log) return;
    const chat = this.store.chats.get(this.chat);
    const typing = this.store.typing.has(this.chat);
    const still = chat.kind === "private" ? "机器人" : `${chat.members.length + 1} 位成员`;
    const pinned = this.store.messages.get(this.chat)?.get(this.store.pinned.get(this.chat));
    this.pin.hidden = !pinned;
    this.pin.replaceChildren(el("b", {}, "置顶消息"), el("span", {}, pinned?.text.split("\n", 1)[0] ?? ""));
    this.subtitle.textContent = typing ? "正在输入…" : still;
    this.subtitle.classList.toggle("typing", typing);
    const elsewhere = this.store.unreadOf(this.person, this.chat);
    this.back.replaceChildren(icon("back"), ...(elsewhere ? [el("span", { class: "badge", "aria-label": `其他聊天 ${elsewhere} 条未读` }, elsewhere)] : []));
  }

  #acts() {
    return {
      press: (message, button) => this.#press(message, button),
      say: (text) => this.say(text),
      open: (url) => this.#follow(url),
      copy: (text) => this.#copy(text),
      menu: (message, at) => this.#messageMenu(message, at),
      show: (id) => this.#log.show(id),
      name: (sender) => this.#titled(sender).name,
      titled: (sender) => this.#titled(sender),
    };
  }

  #titled(sender) {
    if (sender.is_bot) return { name: this.store.bot, post: "" };
    const who = this.store.person(sender.id);
    return { name: who?.name ?? sender.name, post: who?.post ?? "" };
  }

  #seen() {
    if (this.chat !== null && this.inSight && this.#log?.atEnd && !document.hidden) this.store.read(this.person, this.chat);
  }

  /** The phone came into sight or went out of it. */
  sight(inSight) {
    this.inSight = inSight;
    this.#seen();
  }

  // doings

  say(text, reply = undefined) {
    return this.#do("says", { text, reply_to: reply });
  }

  async #do(what, question) {
    try {
      await this.house.wire.ask(what, { user: this.person, chat: this.chat, ...question });
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  async #press(message, button) {
    const key = waitingKey(message.message_id, button);
    if (this.#waiting.has(key)) return;
    this.#waiting.set(key, setTimeout(() => this.#answered(key), ANSWER_WITHIN));
    this.#log.redraw(message.message_id);
    try {
      const query = await this.house.wire.ask("presses", { user: this.person, chat: this.chat, message: message.message_id, button: button.data });
      if (this.#early.delete(query)) this.#answered(key);
      else this.#queries.set(query, key);
    } catch (error) {
      this.#answered(key);
      this.toast(error.message);
    }
  }

  #early = new Set(); // answers that overtook the reply to the press

  #answered(key) {
    clearTimeout(this.#waiting.get(key));
    if (this.#waiting.delete(key)) this.#log?.redraw(Number(key.split(":", 1)[0]));
  }

  #follow(url) {
    const start = /^https?:\/\/t\.me\/[^/?]+\?start=([\w-]+)/i.exec(url) ?? /^tg:\/\/resolve\?.*start=([\w-]+)/i.exec(url);
    if (start) {
      this.open(this.person);
      this.#do("starts", { payload: start[1] });
    } else if (/^https?:\/\//i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
    else this.toast("这个链接在本地演示中打不开。");
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast("已复制");
    } catch {
      this.toast("浏览器不允许复制，请手动选取。");
    }
  }

  // what lies over the screen

  toast(text) {
    this.#over.toast(text);
  }

  #messageMenu(message, at) {
    const mine = message.sender.id === this.person;
    this.#over.menu(at, [
      this.#composer && ["reply", "回复", () => this.#composer.reply(message)],
      message.text && ["copy", "复制文字", () => this.#copy(message.text)],
      mine && !message.file && !message.sticker && !message.voice && this.#composer && ["edit", "编辑", () => this.#composer.edit(message)],
    ]);
  }

  #chatMenu(at) {
    const { blocked } = this.store.chats.get(this.chat);
    this.#over.menu(at, [["block", blocked ? "恢复接收" : "停用机器人（不再接收）", () => this.#do("blocks", { blocked: !blocked })]]);
  }

  #key(event) {
    if (event.key !== "Escape" || this.chat === null) return;
    const left = this.chat;
    this.open(null);
    this.screen.querySelector(`[data-chat="${left}"]`)?.focus({ preventScroll: true });
  }

  // what happens elsewhere and shows here

  /** Something happened in a chat or to its reading. */
  heard({ type, chat_id: chat, ...event }) {
    if (type === "answered") this.#answer(event);
    if (type === "stale" && (!chat || chat === this.person || chat === this.chat)) this.#reload();
    if (type === "chat") this.#changed(chat, event);
    if (this.chat === null) {
      this.#drawList();
      return;
    }
    if (chat === this.chat) {
      if (type === "message" || type === "edited" || type === "reacted") {
        this.#log?.put(event.message, event.message.sender.id === this.person);
        this.#seen();
      } else if (type === "deleted") this.#log?.remove(event.message_id);
    }
    this.#head();
  }

  #answer({ user_id: user, query_id: query, text, alert, url }) {
    if (user !== this.person) return;
    const key = this.#queries.get(query);
    if (key) {
      this.#queries.delete(query);
      this.#answered(key);
    } else this.#early.add(query);
    if (url) this.#follow(url);
    if (text && alert) this.#over.alert(text, this.store.bot);
    else if (text) this.toast(text);
  }

  #changed(id, { chat, migrated_to: next }) {
    if (next && this.chat === id) this.chat = next;
    if (chat.members.includes(this.person) && !this.store.messages.has(chat.id)) this.#reload();
    else if (id === this.chat && this.#log) this.#drawFoot(chat, chat.kind !== "private");
  }

  #reload() {
    clearTimeout(this.#reloading);
    this.#reloading = setTimeout(async () => {
      await this.store.load(this.person).catch(() => {});
      if (this.chat === null) this.#drawList();
      else if (this.#knows(this.chat)) {
        if (this.#composer) this.#tools();
        else this.open(this.chat);
      }
    }, 60);
  }

  #reloading;

  close() {
    this.#leave();
    this.root.remove();
  }
}
