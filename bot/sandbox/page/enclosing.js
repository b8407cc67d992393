// What goes with or instead of a text: files under a note, a contact, a place, a voice message, a sticker.

import { el, icon } from "./dom.js";
import { sheet, size } from "./filesheet.js";
import { lasting } from "./times.js";

const STICKERS = { "👌": "收到", "👍": "好的", "🙏": "谢谢", "💪": "辛苦了", "🎉": "祝贺", "🤔": "再想想" };
const SHARED = {
  contact: ["发送名片", ["name", "姓名"], ["number", "电话"]],
  place: ["发送位置", ["title", "地名"], ["address", "地址（可不填）"]],
};

/** A panel over the phone, from below; Escape closes it. */
function panel(title, keys, ...inside) {
  const pressed = (event) => {
    if (keys(event)) event.preventDefault();
    event.stopPropagation();
  };
  return el("div", { class: "sheet-over", role: "dialog", "aria-modal": "true", "aria-label": title, onkeydown: pressed },
    el("div", { class: "send-panel" }, inside));
}

/** A contact's or a place's fields; `send(details)` is called with what was filled in. */
export function shareSheet(kind, { send, closed }) {
  const [title, ...labels] = SHARED[kind];
  const inputs = labels.map(([name, label]) => el("input", { name, placeholder: label, "aria-label": label, autocomplete: "off" }));
  const close = () => { over.remove(); closed(); };
  const go = () => {
    const details = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
    const lacking = inputs.find((input) => !input.value.trim() && input.name !== "address");
    if (lacking) {
      lacking.focus();
      return;
    }
    close();
    send(details);
  };
  const keys = (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.isComposing && event.target.tagName === "INPUT") go();
    else return false;
    return true;
  };
  const over = panel(title, keys, el("h3", {}, title), el("div", { class: "share-fields" }, inputs), ...buttons(close, go));
  return over;
}

function buttons(cancel, send) {
  return [el("div", { class: "panel-buttons" },
    el("button", { type: "button", class: "plain", onclick: cancel }, "取消"),
    el("button", { type: "button", class: "strong", onclick: send }, "发送"))];
}

/**
 * Files with their note. `send(file, {caption, photo, album, progress})` sends one; the panel stays until all
 * have gone, shows how far it is, and after a failure sends from the one that failed.
 */
export function fileSheet(files, note, { send, sent, closed }) {
  const title = files.length > 1 ? `发送 ${files.length} 个文件` : "发送文件";
  const caption = el("textarea", { rows: "3", placeholder: "添加说明…", "aria-label": "说明" });
  caption.value = note;
  const pictures = files.every((file) => /^image\/(png|jpeg|webp)$/.test(file.type));
  const asPhoto = el("input", { type: "checkbox", checked: true });
  const preview = pictures && files.length === 1 ? URL.createObjectURL(files[0]) : null;
  const way = el("progress", { max: files.length, value: 0, hidden: true, "aria-label": "发送进度" });
  const said = el("p", { class: "send-said", role: "status", hidden: true });
  const album = files.length > 1 ? `1${Date.now()}` : "";
  let gone = 0;
  let under = false;

  const close = () => {
    if (under) return;
    if (preview) URL.revokeObjectURL(preview);
    over.remove();
    closed();
  };
  const tell = (text) => { said.textContent = text; said.hidden = !text; };
  const go = async () => {
    if (under) return;
    under = true;
    over.classList.add("sending");
    way.hidden = false;
    tell("");
    const photo = pictures && asPhoto.checked;
    const noted = photo ? 0 : files.length - 1; // as on a phone: under the first photo, under the last document
    try {
      for (; gone < files.length; gone += 1) {
        const progress = (part) => { way.value = gone + part; };
        await send(files[gone], { caption: gone === noted ? caption.value.trim() : "", photo, album, progress });
      }
      sent(caption.value);
      under = false;
      close();
    } catch (error) {
      under = false;
      over.classList.remove("sending");
      way.hidden = true;
      tell(gone ? `已发出 ${gone} 个，其余没有发出：${error.message}` : error.message);
    }
  };
  const keys = (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === caption) go();
    else return false;
    return true;
  };
  const over = panel(title, keys,
    el("h3", {}, title),
    preview
      ? el("img", { class: "send-preview", src: preview, alt: files[0].name })
      : el("ul", { class: "send-files" }, files.map((file) => el("li", {}, sheet(file.name), el("span", { class: "file-about" }, el("b", {}, file.name), el("small", {}, size(file.size)))))),
    ...(pictures ? [el("label", { class: "as-photo" }, asPhoto, "以图片发送")] : []),
    caption, said, way, ...buttons(close, go));
  return over;
}

/** In place of the input line while one speaks: the seconds, and the ways out. */
export function voiceLine({ send, closed }) {
  const began = performance.now();
  const seconds = () => Math.max(1, Math.round((performance.now() - began) / 1000));
  const time = el("b", {}, "0:00");
  const tick = setInterval(() => {
    if (line.isConnected) time.textContent = lasting(Math.floor((performance.now() - began) / 1000));
    else clearInterval(tick);
  }, 200);
  const close = () => { clearInterval(tick); closed(); };
  const go = () => { const spoken = seconds(); close(); send(spoken); };
  const keys = (event) => {
    if (event.key !== "Escape") return;
    close();
    event.stopPropagation();
  };
  const line = el("div", { class: "voice-line", role: "group", "aria-label": "录语音", onkeydown: keys },
    el("i", { class: "recording", "aria-hidden": "true" }), time,
    el("span", {}, "试用时只计时长，不录声音"),
    el("button", { type: "button", class: "plain", onclick: close }, "取消"),
    el("button", { type: "button", class: "round strong", "aria-label": "发送语音", onclick: go }, icon("send")));
  return line;
}

/** The stickers to choose from; `choose(emoji)` sends one. */
export function stickerKeys(choose) {
  return el("div", { class: "sticker-keys", hidden: true, role: "group", "aria-label": "选一个表情" },
    Object.entries(STICKERS).map(([emoji, word]) => el("button", { type: "button", "aria-label": `发表情 ${word}`, onclick: () => choose(emoji) }, stamp(emoji))));
}

/** A sticker as it looks: the word it stands for on a seal, which needs no font of pictures; else its emoji. */
export function stamp(emoji) {
  return STICKERS[emoji] ? el("span", { class: "stamp" }, STICKERS[emoji]) : el("span", {}, emoji);
}
