// Three things a first visitor may try, above the phones until they are done or put away.

import { el, icon } from "./dom.js";

const KEPT = "banjie.trials"; // {away, done: [title, …]}

export class Trials {
  #trials = [];
  #kept = remembered();

  /** `aside` is theirs; `start(trial)` lays one ready. */
  constructor(aside, start) {
    this.aside = aside;
    this.start = start;
  }

  /** What the server has to offer; nothing is shown to somebody who has put it away. */
  offer(trials) {
    this.#trials = trials;
    this.#draw();
  }

  /** Somebody is at work: from now on the three take little room. */
  begin() {
    this.#begun = true;
    this.aside.classList.add("begun");
  }

  #begun = false;

  #draw() {
    const open = this.#trials.filter(({ title }) => !this.#kept.done.includes(title));
    this.aside.hidden = this.#kept.away || open.length === 0;
    if (this.aside.hidden) return;
    this.aside.classList.toggle("begun", this.#begun || open.length < this.#trials.length);
    this.aside.replaceChildren(
      el("h2", {}, "先试三件事"),
      el("ol", {}, this.#trials.map((trial, at) => el("li", {}, this.#button(trial, at, open.includes(trial))))),
      el("button", { type: "button", class: "round", "aria-label": "不再显示", title: "不再显示", onclick: () => this.#keep({ away: true }) }, icon("close")),
    );
  }

  #button(trial, at, open) {
    const begin = () => {
      this.#keep({ done: [...new Set([...this.#kept.done, trial.title])] });
      this.start(trial);
    };
    return el("button", { type: "button", class: open ? "trial" : "trial tried", onclick: begin },
      el("span", { class: "trial-mark", "aria-hidden": "true" }, open ? String(at + 1) : icon("done")),
      el("span", { class: "trial-about" }, el("b", {}, trial.title), el("span", {}, trial.about)));
  }

  #keep(change) {
    this.#kept = { ...this.#kept, ...change };
    try {
      localStorage.setItem(KEPT, JSON.stringify(this.#kept));
    } catch {
      // private browsing: offered again next time
    }
    this.#draw();
  }
}

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    return { away: kept?.away === true, done: Array.isArray(kept?.done) ? kept.done : [] };
  } catch {
    return { away: false, done: [] };
  }
}
