// The page: phones side by side on a table, a clock above them, one socket behind them.

import { ClockBar } from "./clock.js";
import { avatar, el, icon } from "./dom.js";
import { Phone } from "./phone.js";
import { pick } from "./picker.js";
import { Store } from "./store.js";
import { Trials } from "./trials.js";
import { Wire } from "./wire.js";

const LAYOUT = "banjie.phones";

const stage = document.querySelector(".stage");
const tabs = document.querySelector(".tabs");
const news = document.querySelector(".news");
const offline = document.querySelector(".offline");

const wire = new Wire();
const store = new Store(wire);
const phones = [];
const notes = el("div", { class: "toasts page-toasts", role: "status", "aria-live": "polite" });

const clock = new ClockBar(document.querySelector(".bar"), {
  turn: (question) => wire.ask("turn", question),
  days: (year, month) => wire.ask("month", { year, month }),
  moved: () => phones.forEach((phone) => phone.tick()),
  fail: (text) => note(text),
});

const trials = new Trials(document.querySelector(".trials"), async (trial) => {
  if (!trial.text) {
    await clock.toOpening();
    return;
  }
  let phone = phones.find((each) => each.person === trial.person);
  if (!phone) {
    phone = place(trial.person, undefined);
    house.moved();
    await phone.load();
  }
  phone.root.scrollIntoView({ inline: "center", block: "nearest" });
  phone.propose(trial);
});

const house = {
  store,
  wire,
  now: () => clock.now(),
  moved: () => { remember(); drawTabs(); },
  close,
  choose: async (phone) => {
    const chosen = await pick(store, { title: "换一个人", taken: taken(), putAway: true });
    if (chosen?.away) {
      close(phone);
      return;
    }
    if (chosen) await phone.become(chosen.person, chosen.chat);
    phone.owner.focus({ preventScroll: true });
  },
};

const sight = new IntersectionObserver((entries) => {
  for (const { target, intersectionRatio } of entries) {
    phones.find((phone) => phone.root === target)?.sight(intersectionRatio > 0.5);
  }
  drawTabs();
}, { root: stage, threshold: [0.5] });

const addButton = el("button", { type: "button", class: "add", "aria-label": "添加手机", title: "添加手机", onclick: add }, icon("plus"), el("span", {}, "添加手机"));
stage.append(addButton);
document.body.append(notes);

function taken() {
  return new Set(phones.map((phone) => phone.person));
}

function place(person, chat) {
  const phone = new Phone(house, person, chat);
  phones.push(phone);
  addButton.before(phone.root);
  sight.observe(phone.root);
  return phone;
}

async function add() {
  const chosen = await pick(store, { title: "拿起谁的手机", taken: taken() });
  if (!chosen) return;
  const there = phones.find((phone) => phone.person === chosen.person);
  if (there && chosen.chat === undefined) {
    reveal(there);
    return;
  }
  const phone = place(chosen.person, chosen.chat);
  house.moved();
  await phone.load();
  reveal(phone);
}

function close(phone) {
  const at = phones.indexOf(phone);
  phones.splice(at, 1);
  sight.unobserve(phone.root);
  phone.close();
  house.moved();
  (phones[Math.min(at, phones.length - 1)]?.owner ?? addButton).focus({ preventScroll: true });
}

function reveal(phone) {
  phone.root.scrollIntoView({ behavior: "smooth", inline: "center", block: "nearest" });
  phone.root.focus({ preventScroll: true });
}

function drawTabs() {
  const most = phones.find((phone) => phone.inSight) ?? phones[0];
  const held = [...tabs.children].indexOf(document.activeElement);
  tabs.replaceChildren(
    ...phones.map((phone) => {
      const who = store.person(phone.person);
      const unread = store.unreadOf(phone.person);
      const here = phone === most;
      const label = [who?.name, who?.post, unread && `${unread} 条未读`, here && "再点一次换人"].filter(Boolean).join("，");
      return el("button", { type: "button", role: "tab", "aria-selected": String(here), "aria-label": label, onclick: () => (here ? house.choose(phone) : reveal(phone)) },
        avatar("person", phone.person, who?.name ?? "？"), el("span", {}, who?.name ?? "？"),
        unread ? el("b", { class: "badge" }, unread) : null, here ? icon("down") : null);
    }),
    el("button", { type: "button", class: "tab-add", "aria-label": "添加手机", onclick: add }, icon("plus")),
  );
  tabs.children[held]?.focus({ preventScroll: true });
  tabs.querySelector("[aria-selected=true]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function drawNews() {
  const people = store.news.size;
  news.hidden = people === 0;
  news.textContent = `另有 ${people} 人收到消息`;
}

function note(text) {
  const made = el("div", { class: "toast" }, text);
  notes.append(made);
  setTimeout(() => made.remove(), 4000);
}

// what is kept between visits

function remember() {
  try {
    localStorage.setItem(LAYOUT, JSON.stringify(phones.map(({ person, chat }) => ({ person, chat }))));
  } catch {
    // private browsing: the table is laid anew next time
  }
}

function remembered(hello) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(LAYOUT));
  } catch {
    // nothing kept, or not ours
  }
  const known = Array.isArray(kept) ? kept.filter(({ person }) => store.people.has(person)) : [];
  return known.length ? known : hello.phones.map((person) => ({ person, chat: person }));
}

// what the server says

wire.addEventListener("hello", async ({ detail }) => {
  offline.hidden = true;
  clock.set(detail.clock);
  store.welcome(detail);
  if (!phones.length) for (const { person, chat } of remembered(detail)) place(person, chat);
  drawTabs();
  await Promise.all(phones.map((phone) => phone.load()));
  stage.querySelector(".entering")?.remove();
  trials.offer(detail.trials);
  document.body.dataset.ready = "yes";
  drawNews();
});
wire.addEventListener("clock", ({ detail }) => clock.set(detail));
wire.addEventListener("turning", ({ detail }) => clock.turningTo(detail.turning));
wire.addEventListener("lost", () => { offline.hidden = false; delete document.body.dataset.ready; });
let drawing = 0;
store.addEventListener("message", () => trials.begin());
store.addEventListener("any", ({ detail }) => {
  for (const phone of phones) phone.heard(detail);
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    drawTabs();
    drawNews();
  });
});
news.addEventListener("click", add);
document.addEventListener("visibilitychange", () => phones.forEach((phone) => phone.sight(phone.inSight)));

wire.connect();
