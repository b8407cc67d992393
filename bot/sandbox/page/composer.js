// What a person writes with: text, files, voice and stickers, the command menu and the reply keyboard.

import { el, icon } from "./dom.js";
import { fileSheet, shareSheet, stickerKeys, voiceLine } from "./enclosing.js";

const PLACEHOLDER = "输入消息";
const LINES = 8;

export class Composer {
  #commands = [];
  #keyboard = null;
  #reply = null;
  #editing = null;
  #shown = []; // commands in the open list

  /**
   * `act`: say(text, replyTo) and edit(message, text) give whether it got through; file(file, options) throws
   * where it did not; share(kind, details), menu(at, entries), last() -> own last message, find(id) -> message,
   * name(sender), kept(draft) is told what is written and not sent.
   */
  constructor(act) {
    this.act = act;
    this.input = el("textarea", {
      rows: "1", placeholder: PLACEHOLDER, "aria-label": PLACEHOLDER, enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event),
    });
    this.menu = el("button", { type: "button", class: "menu-button", hidden: true, "aria-label": "命令菜单", "aria-expanded": "false", onclick: () => this.#toggleMenu() }, icon("menu"));
    this.switch = el("button", { type: "button", class: "round", hidden: true, "aria-label": "键盘", "aria-expanded": "false", onclick: () => this.#toggleKeyboard() }, icon("keyboard"));
    this.picker = el("input", { type: "file", hidden: true, multiple: true, onchange: () => { this.files([...this.picker.files]); this.picker.value = ""; } });
    this.clip = el("button", { type: "button", class: "round", "aria-label": "文件、名片、位置", "aria-haspopup": "menu", onclick: () => this.#enclose() }, icon("clip"));
    this.smile = el("button", { type: "button", class: "round", "aria-label": "表情", "aria-expanded": "false", onclick: () => this.#showStickers(this.stickers.hidden) }, icon("smile"));
    this.button = el("button", { type: "button", class: "round send", "aria-label": "发送", hidden: true, onclick: () => this.#send() }, icon("send"));
    this.mic = el("button", { type: "button", class: "round mic", "aria-label": "语音", onclick: () => this.#record() }, icon("mic"));
    this.list = el("ul", { class: "commands", role: "listbox", "aria-label": "命令", hidden: true });
    this.over = el("div", { class: "over-input", hidden: true });
    this.keys = el("div", { class: "reply-keys", hidden: true, role: "group", "aria-label": "快捷回复" });
    this.stickers = stickerKeys((emoji) => { this.#showStickers(false); this.act.share("sticker", { emoji }); });
    this.line = el("div", { class: "input-line" }, this.menu, el("div", { class: "field" }, this.input, this.switch, this.smile, this.clip), this.mic, this.button);
    this.root = el(
      "div",
      { class: "composer" },
      this.list,
      this.over,
      this.line,
      this.keys,
      this.stickers,
      this.picker,
    );
  }

  commands(commands) {
    this.#commands = commands;
    this.menu.hidden = commands.length === 0;
  }

  keyboard(keyboard) {
    const rows = keyboard?.rows ?? [];
    const changed = JSON.stringify(rows) !== JSON.stringify(this.#keyboard?.rows ?? []);
    this.#keyboard = rows.length ? keyboard : null;
    this.switch.hidden = !this.#keyboard;
    this.input.placeholder = keyboard?.placeholder || PLACEHOLDER;
    if (changed) {
      const press = (label) => {
        if (this.#keyboard?.sharing.includes(label)) this.act.share("number", {});
        else this.act.say(label);
        if (this.#keyboard?.one_time) this.#showKeys(false);
      };
      this.keys.replaceChildren(
        ...rows.map((line) => el("div", { class: "keys-line" }, line.map((label) => el("button", { type: "button", class: "key", onclick: () => press(label) }, label)))),
      );
      this.#showKeys(rows.length > 0);
    }
  }

  /** What was written here and not sent: {text, reply, edit}, the last two ids of messages. */
  take({ text, reply, edit }) {
    const [answered, changed] = [this.act.find(reply), this.act.find(edit)];
    if (answered) this.reply(answered, false);
    if (changed) this.edit(changed, false);
    this.input.value = text;
    this.#typed();
  }

  /** Lay a text into the input line, for the person to look over and send. */
  propose(text) {
    this.#drop();
    this.input.value = text;
    this.#typed();
    this.focus();
  }

  reply(message, focused = true) {
    this.#editing = null;
    this.#reply = message;
    this.#bar("reply", `回复 ${this.act.name(message.sender)}`, message.text || message.file?.name || "", focused);
  }

  edit(message, focused = true) {
    this.#reply = null;
    this.#editing = message;
    this.input.value = message.text;
    this.#bar("edit", "编辑消息", message.text, focused);
    this.#typed();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Show files with a caption, by default what is written, before they go. */
  files(files, caption = this.input.value) {
    if (!files.length) return;
    const sent = (note) => { // what was written here went along as the note; anything else stays
      if (!note.includes(this.input.value.trim())) return;
      this.input.value = "";
      this.#drop();
    };
    this.#over(fileSheet(files, caption, { send: this.act.file, sent, closed: () => this.focus() }));
  }

  /** Lay a sheet over the phone; it takes the keys. */
  #over(sheet) {
    this.root.after(sheet);
    sheet.querySelector("textarea, input")?.focus({ preventScroll: true });
  }

  #enclose() {
    const share = (kind) => this.#over(shareSheet(kind, { send: (details) => this.act.share(kind, details), closed: () => this.focus() }));
    this.act.menu(this.clip, [
      ["sheet", "文件或图片", () => this.picker.click()],
      ["person", "名片", () => share("contact")],
      ["share", "位置", () => share("place")],
    ]);
  }

  #record() {
    const line = voiceLine({
      send: (seconds) => this.act.share("voice", { seconds }),
      closed: () => { line.replaceWith(this.line); this.focus(); },
    });
    this.#showStickers(false);
    this.line.replaceWith(line);
    line.querySelector(".strong").focus({ preventScroll: true });
  }

  #showStickers(shown) {
    this.stickers.hidden = !shown;
    if (shown) this.#showKeys(false);
    this.smile.setAttribute("aria-expanded", String(shown));
  }

  #bar(kind, title, text, focused) {
    const drop = () => { if (kind === "edit") this.input.value = ""; this.#drop(); };
    this.over.replaceChildren(
      icon(kind),
      el("div", { class: "over-text" }, el("b", {}, title), el("span", {}, text)),
      el("button", { type: "button", class: "round", "aria-label": "放弃", onclick: drop }, icon("close")),
    );
    this.over.hidden = false;
    if (focused) this.focus();
  }

  #drop() {
    this.#reply = null;
    this.#editing = null;
    this.over.hidden = true;
    this.#typed();
  }

  #typed() {
    this.input.style.height = "auto";
    const line = parseFloat(getComputedStyle(this.input).lineHeight) || 21;
    const height = Math.min(this.input.scrollHeight, line * LINES + 16);
    this.input.style.height = `${height}px`;
    this.input.classList.toggle("full", this.input.scrollHeight > height + 2);
    const empty = !this.input.value.trim();
    this.button.hidden = empty;
    this.mic.hidden = !empty;
    this.act.kept({ text: this.input.value, reply: this.#reply?.message_id, edit: this.#editing?.message_id });
    const typed = /^\/(\w*)$/.exec(this.input.value);
    if (typed) this.#suggest(typed[1].toLowerCase());
    else this.#closeMenu();
  }

  #suggest(start) {
    this.#shown = this.#commands.filter(({ command }) => command.startsWith(start));
    this.#drawMenu();
  }

  #toggleMenu() {
    if (!this.list.hidden) {
      this.#closeMenu();
      return;
    }
    this.#shown = this.#commands;
    this.#drawMenu();
    this.list.querySelector("button")?.focus();
  }

  #drawMenu() {
    this.list.replaceChildren(
      ...this.#shown.map(({ command, description }) =>
        el("li", { role: "presentation" },
          el("button", { type: "button", role: "option", onclick: () => this.#choose(command), onkeydown: (event) => this.#menuKey(event) },
            el("span", {}, description), el("code", {}, `/${command}`)))),
    );
    this.list.hidden = this.#shown.length === 0;
    this.menu.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  #menuKey(event) {
    const options = [...this.list.querySelectorAll("button")];
    const here = options.indexOf(event.currentTarget);
    if (event.key === "Escape") {
      this.#closeMenu();
      this.focus();
    } else if (event.key === "ArrowDown") (options[here + 1] ?? options[0]).focus();
    else if (event.key === "ArrowUp") (options[here - 1] ?? options.at(-1)).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #closeMenu() {
    this.list.hidden = true;
    this.menu.setAttribute("aria-expanded", "false");
  }

  #choose(command) {
    this.#closeMenu();
    this.input.value = "";
    this.#typed();
    this.act.say(`/${command}`);
    this.focus();
  }

  #toggleKeyboard() {
    this.#showKeys(this.keys.hidden);
  }

  #showKeys(shown) {
    this.keys.hidden = !shown;
    if (shown) this.#showStickers(false);
    this.switch.setAttribute("aria-expanded", String(shown));
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // an input method is still choosing characters
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!this.list.hidden && this.#shown.length === 1) this.#choose(this.#shown[0].command);
      else this.#send();
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.#closeMenu();
    } else if (event.key === "Escape" && !this.over.hidden) {
      event.stopPropagation();
      if (this.#editing) this.input.value = "";
      this.#drop();
    } else if (!this.list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.list.querySelector(event.key === "ArrowDown" ? "li:first-child button" : "li:last-child button").focus();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      const last = this.act.last();
      if (!last) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  #send() {
    const [text, reply, edit] = [this.input.value.trim(), this.#reply, this.#editing];
    if (!text) return;
    const sending = edit ? this.act.edit(edit, text) : this.act.say(text, reply?.message_id);
    this.input.value = "";
    this.#drop();
    this.focus();
    sending.then((sent) => { if (!sent) this.#giveBack({ text, reply: reply?.message_id, edit: edit?.message_id }); });
  }

  /** What did not get through is written here again, unless something else is by now. */
  #giveBack(draft) {
    if (!this.input.value) this.take(draft);
  }

  #paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    this.files(files);
  }
}
