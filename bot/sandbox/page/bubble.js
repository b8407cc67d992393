// One message as it looks on a phone.

import { avatar, el, hue, icon } from "./dom.js";
import { stamp } from "./enclosing.js";
import { sheet, size } from "./filesheet.js";
import { rich } from "./rich.js";
import { clockTime, lasting } from "./times.js";

/**
 * The row of one message on `person`'s phone. `run` says where it stands among its neighbours
 * ({first, last} of one sender), `waiting` holds the keys of pressed buttons that are not yet answered,
 * `act` does things: press, say, open, menu, name.
 */
export function row(message, { person, group, run, waiting, act }) {
  const { message_id: id, sender } = message;
  if (message.service) return el("div", { class: "service", dataMessage: id }, el("span", {}, message.service));
  const mine = sender.id === person;
  const side = mine ? "mine" : "theirs";
  const classes = ["row", side, run.first && "first", run.last && "last"].filter(Boolean).join(" ");
  const bubble = el("div", { class: message.sticker ? "bubble sticker" : "bubble" }, ...parts(message, { group, mine, run, act }));
  return el(
    "div",
    { class: classes, dataMessage: id, role: "article", tabindex: "-1", "aria-label": spoken(message, mine, act) },
    group && !mine && (run.last ? avatar(sender.is_bot ? "bot" : "person", sender.id, act.name(sender)) : el("span", { class: "avatar none" })),
    el("div", { class: "column" }, bubble, sign(message), buttons(message, waiting, act)),
  );
}

export const waitingKey = (message, button) => `${message}:${button.data}`;

function spoken(message, mine, act) {
  const file = message.file ? `文件 ${message.file.name} ` : "";
  return `${mine ? "我" : act.name(message.sender)}，${clockTime(message.date)}：${file}${message.text}`;
}

function sign(message) {
  return message.sign ? el("div", { class: "sign", role: "img", "aria-label": `机器人回应 ${message.sign}` }, message.sign) : null;
}

function* parts(message, { group, mine, run, act }) {
  if (group && !mine && run.first) yield sender(message.sender, act);
  if (message.reply_to) yield quoted(message.reply_to, act);
  if (message.file) yield file(message.file);
  if (message.voice) yield voice(message.voice);
  const text = el("div", { class: "text" });
  if (message.sticker) text.append(el("span", { class: "sticker-face", role: "img", "aria-label": message.text }, stamp(message.sticker)));
  else if (message.html && !message.voice) text.append(rich(message.html, act));
  text.append(meta(message, mine));
  yield text;
  yield el(
    "button",
    { type: "button", class: "more", tabindex: "-1", "aria-label": "更多", onclick: (event) => act.menu(message, event.currentTarget) },
    icon("down"),
  );
}

function sender(who, act) {
  const { name, post } = act.titled(who);
  return el(
    "div",
    { class: `sender ${who.is_bot ? "from-bot" : `ink-${hue(who.id)}`}` },
    el("b", {}, name),
    post && el("span", {}, post),
  );
}

function quoted(reply, act) {
  return el(
    "button",
    { type: "button", class: "quoted", onclick: () => act.show(reply.message_id) },
    el("b", {}, reply.name),
    el("span", {}, reply.text || "文件"),
  );
}

function meta(message, mine) {
  return el(
    "span",
    { class: "meta" },
    message.edited ? el("span", { class: "edited" }, "已编辑 ") : null,
    clockTime(message.date),
    mine ? el("span", { class: "ticks", role: "img", "aria-label": "已送达" }, icon("tick")) : null,
  );
}

/** A voice message: its waves, the same for the same length, and how long it is. */
function voice(seconds) {
  const waves = Array.from({ length: 26 }, () => el("i"));
  for (const [at, wave] of waves.entries()) wave.style.height = `${4 + ((seconds * 7 + at * at * 5 + at * 3) % 15)}px`;
  return el("div", { class: "voice", role: "img", "aria-label": `语音 ${seconds} 秒` },
    el("span", { class: "voice-mark" }, icon("mic")), el("span", { class: "waves" }, waves), el("b", {}, lasting(seconds)));
}

const VIEWABLE = /^(image\/(png|jpeg|gif|webp)|application\/pdf|text\/plain)$/;

function file(it) {
  const href = `/files/${encodeURIComponent(it.file_id)}`;
  const opened = { href, target: "_blank", rel: "noopener noreferrer" };
  if (it.photo || /^image\/(png|jpeg|gif|webp)$/.test(it.mime)) {
    return el("a", { class: "photo", ...opened, "aria-label": `打开图片 ${it.name}` }, el("img", { src: href, alt: it.name, loading: "lazy" }));
  }
  const viewable = VIEWABLE.test(it.mime);
  return el(
    "a",
    { class: "file", ...(viewable ? opened : { href, download: it.name }), "aria-label": `${viewable ? "打开" : "下载"} ${it.name}` },
    sheet(it.name),
    el("span", { class: "file-about" }, el("b", {}, it.name), el("small", {}, `${size(it.size)} · ${viewable ? "打开" : "下载"}`)),
  );
}

function buttons(message, waiting, act) {
  if (!message.buttons.length) return null;
  return el(
    "div",
    { class: "keys", role: "group", "aria-label": "按钮" },
    message.buttons.map((line) => el("div", { class: "keys-line" }, line.map((button) => key(message, button, waiting, act)))),
  );
}

function key(message, button, waiting, act) {
  if (button.url) {
    const open = (event) => { event.preventDefault(); act.open(button.url); };
    return el("a", { class: "key", href: button.url, rel: "noopener noreferrer", onclick: open }, button.label, icon("link"));
  }
  if (button.copy) {
    return el("button", { type: "button", class: "key", onclick: () => act.copy(button.copy) }, button.label, icon("copy"));
  }
  const busy = waiting.has(waitingKey(message.message_id, button));
  return el(
    "button",
    { type: "button", class: button.style ? `key key-${button.style}` : "key", dataData: button.data, "aria-busy": busy ? "true" : null, onclick: () => act.press(message, button) },
    button.label,
  );
}
