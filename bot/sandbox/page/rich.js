// Formatted text of a message as nodes: only known tags pass, and only harmless links.

import { el } from "./dom.js";

const KEPT = { B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s", CODE: "code", PRE: "pre" };
const LINKS = /^(https?:|mailto:|tel:)/i;
const FOUND = /(?<url>https?:\/\/[^\s<>"'，。；：、（）《》【】]+)|(?<![\w/@.:])(?<command>\/[a-z][a-z0-9_]{0,31})(?![\w/.])|(?<!\d)(?<phone>1[3-9]\d{9})(?!\d)/gi;

/** `html` as a fragment; a /command in it calls `say`, a t.me link `open`, a tap on code `copy`. */
export function rich(html, act) {
  const parsed = new DOMParser().parseFromString(`<div>${html}</div>`, "text/html");
  const fragment = document.createDocumentFragment();
  pour(parsed.body.firstChild, fragment, { ...act, plain: false });
  return fragment;
}

function pour(from, to, how) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(...(how.plain ? [node.data] : found(node.data, how)));
    else if (node.nodeType === Node.ELEMENT_NODE) to.append(element(node, how));
  }
}

function element(node, how) {
  const tag = node.tagName;
  let made;
  if (tag === "BR") return document.createTextNode("\n");
  if (tag === "A") made = link(node.getAttribute("href") ?? "", how);
  else if (tag === "TG-SPOILER" || /^(tg-)?spoiler$/.test(node.className)) made = spoiler();
  else if (tag === "BLOCKQUOTE") made = quote(node.hasAttribute("expandable"));
  else made = KEPT[tag] ? el(KEPT[tag]) : document.createDocumentFragment();
  if (tag === "CODE") made.addEventListener("click", () => how.copy(made.textContent));
  pour(node, made, { ...how, plain: how.plain || ["A", "CODE", "PRE"].includes(tag) });
  return made;
}

/** A link to the world opens a new tab; a t.me link stays inside the page. */
export function link(href, { open }) {
  if (!LINKS.test(href)) return el("span");
  if (/^https?:\/\/t\.me\//i.test(href)) {
    return el("a", { href, onclick: (event) => { event.preventDefault(); open(href); } });
  }
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const show = () => { made.classList.add("shown"); made.removeAttribute("role"); made.removeAttribute("aria-label"); };
  const made = el("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": "隐藏的文字，点击显示", onclick: show,
    onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } },
  });
  return made;
}

function quote(expandable) {
  const made = el("blockquote", { class: expandable ? "folded" : null });
  if (expandable) made.addEventListener("click", () => made.classList.toggle("folded"));
  return made;
}

function* found(text, how) {
  let end = 0;
  for (const match of text.matchAll(FOUND)) {
    yield text.slice(end, match.index);
    end = match.index + match[0].length;
    const { url, command, phone } = match.groups;
    const made = command
      ? el("button", { type: "button", class: "command", onclick: () => how.say(command) })
      : link(url ?? `tel:${phone}`, how);
    made.textContent = match[0];
    yield made;
  }
  yield text.slice(end);
}
