// Builds elements; text goes in as text, never as HTML.

/** An element with attributes; `class`, `on…` listeners and `data…` keys as written, false and null left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("data") && name.length > 4) element.dataset[name[4].toLowerCase() + name.slice(5)] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const DRAWINGS = {
  back: "M15 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  send: "M3.4 20.4l17.9-7.7a.8.8 0 0 0 0-1.4L3.4 3.6a.7.7 0 0 0-1 .8L4 10.4l9.5 1.6L4 13.6l-1.6 6a.7.7 0 0 0 1 .8z",
  clip: "M19 11.5l-7.3 7.3a4.6 4.6 0 0 1-6.5-6.5l7.9-7.9a3.1 3.1 0 0 1 4.4 4.4l-7.8 7.8a1.5 1.5 0 0 1-2.2-2.2l6.9-6.9",
  smile: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.3 14a4.3 4.3 0 0 0 7.4 0M9 9.6v.01M15 9.6v.01",
  mic: "M12 3.5a2.8 2.8 0 0 0-2.8 2.8v5a2.8 2.8 0 0 0 5.6 0v-5A2.8 2.8 0 0 0 12 3.5zM6 11a6 6 0 0 0 12 0M12 17v3.5",
  sheet: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  person: "M12 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 19.5a7 7 0 0 1 14 0",
  tick: "M2.5 12.5l4.5 4.5L16 7.5M12 16l1.2 1L22 7.5",
  done: "M5 12.5l4.5 4.5L19 7",
  share: "M12 20.5c4-4.6 6-7.8 6-10.5a6 6 0 0 0-12 0c0 2.7 2 5.9 6 10.5zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  menu: "M5 7h14M5 12h14M5 17h9",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  keyboard: "M3.5 6.5h17v11h-17zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  copy: "M9 9h10v10H9zM5 15V5h10",
  link: "M8 16L16 8M9.5 8H16v6.5",
  reply: "M10 7L5 12l5 5M5 12h9a5 5 0 0 1 5 5v1",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5L20 20",
  signal: "M4 18v-3M9 18v-6M14 18V9M19 18V6",
  block: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6.5 6.5l11 11",
};

/** A line drawing, hidden from screen readers; the button around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", DRAWINGS[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}

/** A colour number 0–6 that stays the same for the same id. */
export const hue = (id) => Math.abs(Number(id) * 2654435761) % 7;

/** The round picture of a person, a group or the bot: a character or two on a colour. */
export function avatar(kind, id, name) {
  if (kind === "bot") return el("span", { class: "avatar avatar-bot", "aria-hidden": "true" }, "办");
  const short = kind === "group" ? [...name].slice(0, 1).join("") : [...name].slice(-2).join("");
  return el("span", { class: `avatar hue-${hue(id)} avatar-${kind}`, "aria-hidden": "true" }, short);
}
