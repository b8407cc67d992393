// The clock bar: Beijing time as the bot sees it, and the handles that turn it.

import { el } from "./dom.js";
import { MonthView } from "./monthview.js";
import { beijing, clockTime, dateLine, fieldValue } from "./times.js";

export class ClockBar {
  #base = Date.now() / 1000;
  #read = performance.now();
  #turning = null;

  /** `turn(question)` asks the server to turn; `days(year, month)` for the kinds of days; `moved()` is told that the minute changed; `fail(text)` shows a sentence. */
  constructor(bar, { turn, days, moved, fail }) {
    this.bar = bar;
    this.turn = turn;
    this.days = days;
    this.moved = moved;
    this.fail = fail;
    this.date = bar.querySelector(".clock-date");
    this.time = bar.querySelector(".clock-time");
    this.kind = bar.querySelector(".day-kind");
    this.strip = bar.querySelector(".turning");
    this.line = bar.querySelector(".turning-line");
    this.text = bar.querySelector(".turning-text");
    bar.querySelector("[data-turn=hour]").addEventListener("click", () => this.#ask({ hours: 1 }));
    bar.querySelector("[data-turn=opening]").addEventListener("click", () => this.toOpening());
    bar.querySelector("[data-turn=pick]").addEventListener("click", () => this.#choose());
    setInterval(() => this.#draw(), 1000);
  }

  /** Seconds since 1970 as the bot counts them. */
  now() {
    if (this.#turning) return this.#turning.at;
    return this.#base + (performance.now() - this.#read) / 1000;
  }

  set({ now, working, label, turning, failure }) {
    this.#base = now;
    this.#read = performance.now();
    this.kind.textContent = label;
    this.kind.hidden = !label;
    this.kind.classList.toggle("off", !working);
    this.turningTo(turning);
    if (failure) this.fail(failure);
  }

  turningTo(turning) {
    this.#turning = turning;
    this.strip.hidden = !turning;
    this.bar.classList.toggle("is-turning", Boolean(turning));
    for (const button of this.bar.querySelectorAll("[data-turn]")) button.disabled = Boolean(turning);
    if (turning) {
      const { from, to, at, what } = turning;
      this.line.style.width = `${Math.round((100 * (at - from)) / Math.max(1, to - from))}%`;
      this.text.textContent = `正在拨到 ${dateLine(to, at)} ${clockTime(to)}${what ? ` · ${clockTime(at)} ${what}` : ""}`;
    }
    this.#draw();
  }

  /** Turn to the opening of the next working day. */
  toOpening() {
    return this.#ask({ opening: true });
  }

  #drawn = "";

  #draw() {
    const now = this.now();
    const text = `${dateLine(now, now)} ${clockTime(now)}`;
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.date.textContent = dateLine(now, now);
    this.time.textContent = clockTime(now);
    this.bar.querySelector(".clock").title = `${beijing(now).year}年${text}（北京时间）`;
    this.moved();
  }

  async #ask(question) {
    try {
      await this.turn(question);
    } catch (error) {
      this.fail(error.message);
    }
  }

  #choose() {
    const today = fieldValue(this.now()).slice(0, 10);
    const day = (days) => fieldValue(this.now() + days * 86400).slice(0, 10);
    const month = new MonthView({ days: this.days, from: today, picked: day(1) });
    const time = el("input", { type: "text", inputmode: "numeric", value: "08:30", maxlength: "5", required: true, pattern: "([01]?[0-9]|2[0-3])[:：][0-5][0-9]", title: "如 08:30", "aria-label": "时间，如 08:30", autocomplete: "off" });
    const times = ["00:10", "08:30", "12:00", "17:30"].map((value) => el("button", { type: "button", onclick: () => { time.value = value; } }, value));
    const days = [["明天", 1], ["一周后", 7], ["30 天后", 30]].map(([label, after]) => el("button", { type: "button", onclick: () => month.show(day(after)) }, label));
    const go = (event) => {
      event.preventDefault();
      dialog.close();
      this.#ask({ to: `${month.picked}T${time.value.replace("：", ":").padStart(5, "0")}:00+08:00` });
    };
    const dialog = el("dialog", { class: "turn-to", "aria-label": "把时钟拨到", onclose: () => dialog.remove(), onclick: (event) => { if (event.target === dialog) dialog.close(); } },
      el("form", { method: "dialog", onsubmit: go },
        el("h2", {}, "把时钟拨到"),
        el("p", {}, "途中到点的提醒、催办，会按先后一一发生。"),
        el("div", { class: "quick" }, days),
        month.root,
        el("div", { class: "quick" }, time, times),
        el("div", { class: "panel-buttons" },
          el("button", { type: "button", class: "plain", onclick: () => dialog.close() }, "取消"),
          el("button", { type: "submit", class: "strong" }, "前往"))));
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector(".strong").focus();
  }
}
