// The messages of one chat on one phone: appended live, replaced when edited, scrolled like a phone does.

import { el, icon } from "./dom.js";
import { row } from "./bubble.js";
import { dateLine, dayOf } from "./times.js";

const AT_ONCE = 150; // messages drawn when a chat opens; older ones on request
const NEAR = 60; // px from the end that still count as being there
const RUN = 600; // seconds within which one sender's messages stand together

export class Log {
  #messages = [];
  #drawn = AT_ONCE;
  #stuck = true;
  #missed = 0;
  #resting = 0;
  #context;
  empty = []; // what stands where no messages are

  /** `context` is what bubble.row needs; `now` gives the bot's time; `seen` is called when the end is in sight. */
  constructor(context, { now, seen }) {
    this.#context = context;
    this.now = now;
    this.seen = seen;
    this.list = el("div", { class: "rows" });
    this.scroller = el(
      "div",
      { class: "log", role: "log", "aria-label": "消息", "aria-live": "polite", tabindex: "0", onkeydown: (event) => this.#walk(event) },
      this.list,
    );
    this.pill = el("button", { type: "button", class: "pill", hidden: true, onclick: () => this.toEnd(true) });
    this.root = el("div", { class: "log-frame" }, this.scroller, this.pill);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#sizes = new ResizeObserver(() => {
      if (this.#stuck) this.toEnd();
      this.#room = this.#measured();
    });
    this.#sizes.observe(this.list);
    this.#sizes.observe(this.scroller);
  }

  #sizes;
  #room = "";

  #measured() {
    return `${this.scroller.scrollHeight}/${this.scroller.clientHeight}/${this.scroller.clientWidth}`;
  }

  close() {
    this.#sizes.disconnect();
  }

  get atEnd() {
    return this.#stuck;
  }

  /** Draw everything anew. */
  fill(messages) {
    const from = this.scroller.scrollTop;
    this.#messages = messages;
    this.#draw();
    if (this.#stuck) this.toEnd();
    else this.scroller.scrollTop = from;
  }

  /** A message that is new here, or that now looks different. */
  put(message, mine) {
    const at = this.#messages.findIndex((other) => other.message_id === message.message_id);
    if (at >= 0) {
      this.#messages[at] = message;
      this.#replace(at);
      return;
    }
    if (!this.#messages.length) this.list.replaceChildren();
    this.#messages.push(message);
    const last = this.#messages.length - 1;
    this.#append(last);
    if (last) this.#replace(last - 1);
    if (mine) this.toEnd();
    else if (!this.#stuck) {
      this.#missed += 1;
      this.#pill();
    }
  }

  remove(id) {
    this.#messages = this.#messages.filter((message) => message.message_id !== id);
    this.#draw();
  }

  redraw(id) {
    const at = this.#messages.findIndex((message) => message.message_id === id);
    if (at >= 0) this.#replace(at);
  }

  show(id) {
    const found = this.list.querySelector(`[data-message="${id}"]`);
    found?.scrollIntoView({ block: "center", behavior: "smooth" });
    found?.classList.add("flash");
    setTimeout(() => found?.classList.remove("flash"), 1200);
  }

  toEnd(smoothly = false) {
    this.#stuck = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
    this.#missed = 0;
    this.#pill();
    this.seen();
  }

  #draw() {
    this.list.replaceChildren();
    if (!this.#messages.length) this.list.append(el("div", { class: "empty" }, this.empty));
    const from = Math.max(0, this.#messages.length - this.#drawn);
    if (from > 0) {
      this.list.append(el("button", { type: "button", class: "older", onclick: () => this.#older() }, `更早的 ${from} 条消息`));
    }
    for (let at = from; at < this.#messages.length; at += 1) this.#append(at, at === from);
  }

  #older() {
    const height = this.scroller.scrollHeight;
    this.#drawn += AT_ONCE * 4;
    this.#stuck = false;
    this.#draw();
    this.scroller.scrollTop = this.scroller.scrollHeight - height;
  }

  #append(at, opening = at === 0) {
    const message = this.#messages[at];
    const before = this.#messages[at - 1];
    if (opening || dayOf(before.date) !== dayOf(message.date)) {
      this.list.append(el("div", { class: "date" }, el("span", {}, dateLine(message.date, this.now()))));
    }
    this.list.append(this.#row(at));
  }

  #replace(at) {
    const old = this.list.querySelector(`[data-message="${this.#messages[at].message_id}"]`);
    if (!old) return;
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.data : null;
    const made = this.#row(at);
    old.replaceWith(made);
    if (focused) made.querySelector(`[data-data="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #row(at) {
    const message = this.#messages[at];
    const together = (other) =>
      other && !other.service && other.sender.id === message.sender.id &&
      Math.abs(other.date - message.date) < RUN && dayOf(other.date) === dayOf(message.date);
    const run = { first: !together(this.#messages[at - 1]), last: !together(this.#messages[at + 1]) };
    return row(message, { ...this.#context, run });
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    // a scroll that comes of a changed size, and not of the reader, does not let go of the end
    if (near || this.#room === this.#measured()) this.#stuck = near;
    if (!this.#stuck) this.scroller.classList.add("scrolling");
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.scroller.classList.remove("scrolling"), 1200);
    if (this.#stuck && this.#missed) {
      this.#missed = 0;
      this.seen();
    }
    this.#pill();
  }

  #pill() {
    this.pill.hidden = this.#stuck;
    this.pill.replaceChildren(icon("down"), ...(this.#missed ? [`${this.#missed} 条新消息`] : []));
    this.pill.setAttribute("aria-label", this.#missed ? `${this.#missed} 条新消息，回到最新` : "回到最新消息");
    this.pill.classList.toggle("missed", this.#missed > 0);
  }

  /** Arrow keys walk from message to message. */
  #walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = [...this.list.querySelectorAll(".row")];
    const here = rows.indexOf(document.activeElement.closest(".row"));
    const next = here < 0 ? rows.length - 1 : here + step;
    if (!rows[next]) return;
    event.preventDefault();
    rows[next].focus();
  }
}
