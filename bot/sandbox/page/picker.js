// Choose whose phone to hold: a search over names, posts and units, under headings.

import { avatar, el, icon } from "./dom.js";

/**
 * Ask for a person or group; resolves with {person, chat?} or null. `taken`: people whose phones lie on the
 * table; `putAway`: whether the phone may be put away instead ({away: true}).
 */
export function pick(store, { title, taken, putAway = false }) {
  return new Promise((resolve) => {
    const list = el("div", { class: "pick-list", role: "listbox", "aria-label": "人员和群" });
    const search = el("input", { type: "search", placeholder: "姓名、职务或单位", "aria-label": "按姓名、职务或单位查找", autocomplete: "off", oninput: () => draw() });
    const dialog = el("dialog", { class: "pick", "aria-label": title, onkeydown: (event) => keys(event), onclose: () => finish(null) },
      el("header", {}, el("h2", {}, title), el("button", { type: "button", class: "round", "aria-label": "关闭", onclick: () => finish(null) }, icon("close"))),
      el("label", { class: "pick-search" }, icon("search"), search),
      list,
      putAway && el("footer", {}, el("button", { type: "button", class: "plain", onclick: () => finish({ away: true }) }, "收起这部手机")));
    dialog.addEventListener("click", (event) => { if (event.target === dialog) finish(null); });

    let over = false;
    function finish(choice) {
      if (over) return;
      over = true;
      dialog.remove();
      resolve(choice);
    }

    function draw() {
      const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (...texts) => words.every((word) => texts.join(" ").toLowerCase().includes(word));
      const sections = new Map();
      const put = (name, option) => sections.set(name, [...(sections.get(name) ?? []), option]);
      const people = [...store.people.values()].filter((who) => fits(who.name, who.post, who.unit, who.role));
      for (const who of people) if (store.news.get(who.telegram_id)) put("刚收到消息", person(who));
      for (const who of people) put(who.section, person(who));
      for (const group of store.groups) if (fits(group.title, group.unit, "群")) put("群聊", groupOption(group));
      list.replaceChildren(...[...sections].map(([name, options]) => el("section", { role: "group", "aria-label": name }, el("h3", {}, name), options)));
      if (!sections.size) list.append(el("p", { class: "nothing" }, "没有找到。可以只输入姓名或单位的一部分。"));
    }

    function person(who) {
      const news = store.news.get(who.telegram_id);
      return option(avatar("person", who.telegram_id, who.name), who.name, who.post, { person: who.telegram_id },
        news ? el("span", { class: "badge", "aria-label": `${news} 条新消息` }, news) : taken.has(who.telegram_id) ? el("small", {}, "已在桌上") : null);
    }

    function groupOption(group) {
      const members = store.chats.get(group.chat_id)?.members ?? [];
      const holder = members.find((id) => taken.has(id)) ?? members[0];
      if (holder === undefined) return null;
      return option(avatar("group", group.chat_id, group.title), group.title, `${members.length + 1} 人 · 从${store.person(holder)?.name ?? "成员"}的手机看`, { person: holder, chat: group.chat_id }, null);
    }

    function option(picture, name, about, choice, aside) {
      return el("button", { type: "button", class: "pick-option", role: "option", onclick: () => finish(choice) },
        picture, el("span", { class: "pick-about" }, el("b", {}, name), el("span", {}, about)), aside);
    }

    function keys(event) {
      if (event.isComposing) return;
      const options = [...list.querySelectorAll(".pick-option")];
      const here = options.indexOf(document.activeElement);
      if (event.key === "Enter" && here < 0 && document.activeElement === search) options[0]?.click();
      else if (event.key === "ArrowDown") (options[here + 1] ?? options[0])?.focus();
      else if (event.key === "ArrowUp") (here > 0 ? options[here - 1] : search).focus();
      else return;
      event.preventDefault();
    }

    draw();
    document.body.append(dialog);
    dialog.showModal();
    search.focus();
  });
}
