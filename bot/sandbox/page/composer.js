// What a person writes with: text, files, the command menu and the reply keyboard.

import { el, icon } from "./dom.js";
import { sheet, size } from "./bubble.js";

const PLACEHOLDER = "输入消息";
const LINES = 8;

export class Composer {
  #commands = [];
  #keyboard = null;
  #reply = null;
  #editing = null;
  #shown = []; // commands in the open list

  /** `act`: say(text, replyTo), edit(message, text), file(file, caption, photo, album), share("contact"|"place", details), last() -> own last message, fail(text). */
  constructor(act) {
    this.act = act;
    this.input = el("textarea", {
      rows: "1", placeholder: PLACEHOLDER, "aria-label": PLACEHOLDER, enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event),
    });
    this.menu = el("button", { type: "button", class: "menu-button", hidden: true, "aria-label": "命令菜单", "aria-expanded": "false", onclick: () => this.#toggleMenu() }, icon("menu"));
    this.switch = el("button", { type: "button", class: "round", hidden: true, "aria-label": "键盘", "aria-expanded": "false", onclick: () => this.#toggleKeyboard() }, icon("keyboard"));
    this.picker = el("input", { type: "file", hidden: true, multiple: true, onchange: () => { this.files([...this.picker.files]); this.picker.value = ""; } });
    this.clip = el("button", { type: "button", class: "round", "aria-label": "发送文件", onclick: () => this.picker.click() }, icon("clip"));
    this.share = el("button", { type: "button", class: "round", "aria-label": "分享名片或位置", onclick: () => this.#offerShare() }, icon("share"));
    this.button = el("button", { type: "button", class: "round send", "aria-label": "发送", disabled: true, onclick: () => this.#send() }, icon("send"));
    this.list = el("ul", { class: "commands", role: "listbox", "aria-label": "命令", hidden: true });
    this.over = el("div", { class: "over-input", hidden: true });
    this.keys = el("div", { class: "reply-keys", hidden: true, role: "group", "aria-label": "快捷回复" });
    this.root = el(
      "div",
      { class: "composer" },
      this.list,
      this.over,
      el("div", { class: "input-line" }, this.menu, el("div", { class: "field" }, this.input, this.switch, this.share, this.clip), this.button),
      this.keys,
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
        this.act.say(label);
        if (this.#keyboard?.one_time) this.#showKeys(false);
      };
      this.keys.replaceChildren(
        ...rows.map((line) => el("div", { class: "keys-line" }, line.map((label) => el("button", { type: "button", class: "key", onclick: () => press(label) }, label)))),
      );
      this.#showKeys(rows.length > 0);
    }
  }

  reply(message, name) {
    this.#editing = null;
    this.#reply = message;
    this.#bar("reply", `回复 ${name}`, message.text || message.file?.name || "");
  }

  edit(message) {
    this.#reply = null;
    this.#editing = message;
    this.input.value = message.text;
    this.#bar("edit", "编辑消息", message.text);
    this.#typed();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Show files with a caption before they go. */
  files(files) {
    if (files.length) this.#offer(files);
  }

  #bar(kind, title, text) {
    const drop = () => { if (kind === "edit") this.input.value = ""; this.#drop(); };
    this.over.replaceChildren(
      icon(kind),
      el("div", { class: "over-text" }, el("b", {}, title), el("span", {}, text)),
      el("button", { type: "button", class: "round", "aria-label": "放弃", onclick: drop }, icon("close")),
    );
    this.over.hidden = false;
    this.focus();
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
    this.button.disabled = !this.input.value.trim();
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
    const text = this.input.value.trim();
    if (!text) return;
    if (this.#editing) this.act.edit(this.#editing, text);
    else this.act.say(text, this.#reply?.message_id);
    this.input.value = "";
    this.#drop();
    this.focus();
  }

  /** Give text back that did not get through. */
  restore(text) {
    if (!this.input.value) this.input.value = text;
    this.#typed();
  }

  #paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    this.files(files);
  }

  /** A contact or a place, as a phone shares them. */
  #offerShare() {
    const kinds = { contact: ["名片", ["name", "姓名"], ["number", "电话"]], place: ["位置", ["title", "地名"], ["address", "地址"]] };
    const kind = el("select", { "aria-label": "分享什么", onchange: () => draw() }, Object.entries(kinds).map(([value, [label]]) => el("option", { value }, label)));
    const fields = el("div", { class: "share-fields" });
    const draw = () => {
      fields.replaceChildren(...kinds[kind.value].slice(1).map(([key, label]) => el("input", { name: key, placeholder: label, "aria-label": label })));
      fields.querySelector("input").focus();
    };
    const close = () => { panel.remove(); this.focus(); };
    const send = () => {
      const details = Object.fromEntries([...fields.querySelectorAll("input")].map((input) => [input.name, input.value.trim()]));
      if (!Object.values(details)[0]) return;
      close();
      this.act.share(kind.value, details);
    };
    const keys = (event) => {
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && !event.isComposing && event.target.tagName === "INPUT") send();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    const panel = el(
      "div",
      { class: "sheet-over", role: "dialog", "aria-modal": "true", "aria-label": "分享名片或位置", onkeydown: keys },
      el("div", { class: "send-panel" }, el("h3", {}, "分享"), kind, fields,
        el("div", { class: "panel-buttons" },
          el("button", { type: "button", class: "plain", onclick: close }, "取消"),
          el("button", { type: "button", class: "strong", onclick: send }, "发送"))),
    );
    this.root.after(panel);
    draw();
  }

  #offer(files) {
    const caption = el("textarea", { rows: "3", placeholder: "添加说明…", "aria-label": "说明" });
    caption.value = this.input.value;
    const pictures = files.every((file) => /^image\/(png|jpeg|webp)$/.test(file.type));
    const asPhoto = el("input", { type: "checkbox", checked: true });
    const previews = pictures && files.length === 1 ? URL.createObjectURL(files[0]) : null;
    const close = () => {
      if (previews) URL.revokeObjectURL(previews);
      panel.remove();
      this.focus();
    };
    const send = async () => {
      close();
      this.input.value = "";
      this.#typed();
      const photos = pictures && asPhoto.checked;
      const album = files.length > 1 ? `1${Date.now()}` : "";
      const noted = photos ? 0 : files.length - 1; // as on a phone: under the first photo, under the last document
      for (const [at, file] of files.entries()) {
        await this.act.file(file, at === noted ? caption.value.trim() : "", photos, album);
      }
    };
    const keys = (event) => {
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === caption) {
        event.preventDefault();
        send();
      } else return;
      event.stopPropagation();
    };
    const panel = el(
      "div",
      { class: "sheet-over", role: "dialog", "aria-modal": "true", "aria-label": "发送文件", onkeydown: keys },
      el(
        "div",
        { class: "send-panel" },
        el("h3", {}, files.length > 1 ? `发送 ${files.length} 个文件` : "发送文件"),
        previews
          ? el("img", { class: "send-preview", src: previews, alt: files[0].name })
          : el("ul", { class: "send-files" }, files.map((file) => el("li", {}, sheet(file.name), el("span", { class: "file-about" }, el("b", {}, file.name), el("small", {}, size(file.size)))))),
        pictures && el("label", { class: "as-photo" }, asPhoto, "以图片发送"),
        caption,
        el("div", { class: "panel-buttons" },
          el("button", { type: "button", class: "plain", onclick: close }, "取消"),
          el("button", { type: "button", class: "strong", onclick: send }, "发送")),
      ),
    );
    this.root.after(panel);
    caption.focus();
  }
}
