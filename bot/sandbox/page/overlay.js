// What lies over one phone's screen: toasts, alerts, small menus.

import { el, icon } from "./dom.js";

export class Overlay {
  #glass;
  #toasts = el("div", { class: "toasts", role: "status", "aria-live": "polite" });

  constructor(glass) {
    this.#glass = glass;
    glass.append(this.#toasts);
  }

  toast(text) {
    const made = el("div", { class: "toast" }, text);
    this.#toasts.append(made);
    setTimeout(() => made.remove(), Math.max(2600, text.length * 130));
  }

  /** A sentence that waits for 好. */
  alert(text, from) {
    const before = document.activeElement;
    const close = () => { over.remove(); if (over.contains(document.activeElement) || document.activeElement === document.body) before?.focus?.({ preventScroll: true }); };
    const keys = (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Tab") event.preventDefault();
      event.stopPropagation();
    };
    const ok = el("button", { type: "button", class: "strong", onclick: close }, "好");
    const over = el("div", { class: "alert-over", onkeydown: keys },
      el("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": from }, el("p", {}, text), ok));
    this.#glass.append(over);
    ok.focus({ preventScroll: true });
  }

  /** A menu beside the button `at`; `entries` are [drawing, label, act], false ones left out. */
  menu(at, entries) {
    const close = () => { over.remove(); at.focus?.({ preventScroll: true }); };
    const items = entries.filter(Boolean).map(([drawing, label, act]) =>
      el("button", { type: "button", role: "menuitem", onclick: () => { close(); act(); } }, icon(drawing), label));
    const keys = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape" || event.key === "Tab") close();
      else if (step) items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
      event.stopPropagation();
    };
    const menu = el("div", { class: "menu", role: "menu", onkeydown: keys }, items);
    const over = el("div", { class: "menu-over", onclick: (event) => { if (event.target === over) close(); } }, menu);
    this.#glass.append(over);
    const glass = this.#glass.getBoundingClientRect();
    const place = at.getBoundingClientRect();
    const below = place.bottom - glass.top + menu.offsetHeight + 8 < glass.height;
    menu.style.top = `${below ? place.bottom - glass.top + 4 : place.top - glass.top - menu.offsetHeight - 4}px`;
    menu.style.left = `${Math.max(8, Math.min(place.right - glass.left - menu.offsetWidth, glass.width - menu.offsetWidth - 8))}px`;
    items[0].focus({ preventScroll: true });
  }
}
