// A month to pick a day from, with days off and make-up working days marked.

import { el, icon } from "./dom.js";

const WEEK = ["一", "二", "三", "四", "五", "六", "日"];
const two = (number) => String(number).padStart(2, "0");

/** `days(year, month)` asks for the kinds of its days; `from` is the first day that may be picked (2026-10-08). */
export class MonthView {
  #year;
  #month;
  #kinds = [];

  constructor({ days, from, picked }) {
    this.days = days;
    this.from = from;
    this.picked = picked;
    this.grid = el("div", { class: "month-grid", role: "group", "aria-label": "日期", onkeydown: (event) => this.#key(event) });
    this.title = el("b", { "aria-live": "polite" });
    this.root = el("div", { class: "month" },
      el("div", { class: "month-head" },
        el("button", { type: "button", class: "round", "aria-label": "上个月", onclick: () => this.#turn(-1) }, icon("back")),
        this.title,
        el("button", { type: "button", class: "round next", "aria-label": "下个月", onclick: () => this.#turn(1) }, icon("back"))),
      el("div", { class: "month-week", "aria-hidden": "true" }, WEEK.map((day) => el("span", {}, day))),
      this.grid);
    this.show(picked);
  }

  /** Pick a day and turn to its month. */
  async show(date) {
    this.picked = date;
    const [year, month] = date.split("-").map(Number);
    if (year !== this.#year || month !== this.#month) await this.#open(year, month);
    else this.#draw();
  }

  #turn(step) {
    const moved = new Date(Date.UTC(this.#year, this.#month - 1 + step, 1));
    return this.#open(moved.getUTCFullYear(), moved.getUTCMonth() + 1);
  }

  async #open(year, month) {
    this.#year = year;
    this.#month = month;
    this.#kinds = [];
    this.#draw();
    const kinds = await this.days(year, month).catch(() => []);
    if (year !== this.#year || month !== this.#month) return;
    this.#kinds = kinds;
    this.#draw();
  }

  #draw() {
    const length = new Date(Date.UTC(this.#year, this.#month, 0)).getUTCDate();
    const first = (new Date(Date.UTC(this.#year, this.#month - 1, 1)).getUTCDay() + 6) % 7;
    this.title.textContent = `${this.#year}年${this.#month}月`;
    const held = this.grid.contains(document.activeElement) ? document.activeElement.dataset.date : null;
    this.grid.replaceChildren(...Array.from({ length }, (_, at) => this.#day(at + 1, (first + at) % 7)));
    this.grid.firstChild.style.gridColumnStart = first + 1;
    if (held) this.grid.querySelector(`[data-date="${held}"]`)?.focus();
  }

  #day(day, weekday) {
    const date = `${this.#year}-${two(this.#month)}-${two(day)}`;
    const kind = this.#kinds[day - 1];
    const off = kind ? !kind.working : weekday > 4;
    const mark = kind && off !== weekday > 4 ? (off ? "休" : "班") : "";
    return el("button", {
      type: "button", class: off ? "off" : null, disabled: date < this.from, dataDate: date,
      "aria-pressed": String(date === this.picked), "aria-label": `${this.#month}月${day}日 ${kind?.label ?? ""}`, title: kind?.label,
      onclick: () => { this.picked = date; this.#draw(); },
    }, String(day), mark && el("i", {}, mark));
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const days = [...this.grid.children];
    const next = days[days.indexOf(document.activeElement) + step];
    if (!step || !next) return;
    event.preventDefault();
    next.focus();
  }
}
