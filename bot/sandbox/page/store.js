// What the page knows: people, groups, chats with their messages, and who has read how far.

const READ = "banjie.read";

export class Store extends EventTarget {
  people = new Map();
  groups = [];
  chats = new Map(); // id -> {id, kind, title, members, opened, blocked}
  messages = new Map(); // chat id -> Map(message id -> message), only for chats somebody here has open
  commands = new Map(); // "person:chat" -> [{command, description}]
  keyboards = new Map(); // "person:chat" -> keyboard or null
  pinned = new Map(); // chat id -> message id on top of it, 0 for none
  news = new Map(); // person -> messages from the bot since the page opened, while on no phone
  typing = new Map(); // chat id -> timer
  bot = "办结";
  #read = remembered();
  #wire;

  constructor(wire) {
    super();
    this.#wire = wire;
    wire.addEventListener("event", ({ detail }) => this.#happened(detail.event));
  }

  welcome({ people, groups, chats, bot }) {
    this.bot = bot;
    this.people = new Map(people.map((person) => [person.telegram_id, person]));
    this.groups = groups;
    this.chats = new Map(chats.map((chat) => [chat.id, chat]));
    this.messages.clear();
  }

  /** Load all chats of a person. */
  async load(person) {
    for (const { chat, messages, commands, keyboard, pinned } of await this.#wire.ask("phone", { user: person })) {
      this.chats.set(chat.id, chat);
      const known = this.messages.get(chat.id) ?? new Map();
      for (const message of messages) known.set(message.message_id, message);
      this.messages.set(chat.id, known);
      this.#forget(person, chat.id);
      this.commands.set(`${person}:${chat.id}`, commands);
      this.keyboards.set(`${person}:${chat.id}`, keyboard);
      this.pinned.set(chat.id, pinned);
    }
    this.news.delete(person);
    this.#tell("loaded", { person });
  }

  /** The person's chats, the freshest first, the bot's before a group as old. */
  chatsOf(person) {
    const mine = [...this.chats.values()].filter((chat) => chat.members.includes(person) && this.messages.has(chat.id));
    const at = (chat) => this.last(chat.id)?.date ?? 0;
    return mine.sort((a, b) => at(b) - at(a) || (b.kind === "private") - (a.kind === "private"));
  }

  history(chat) {
    return [...(this.messages.get(chat)?.values() ?? [])].sort((a, b) => a.message_id - b.message_id);
  }

  last(chat) {
    let last = null;
    for (const message of this.messages.get(chat)?.values() ?? []) {
      if (!last || message.message_id > last.message_id) last = message;
    }
    return last;
  }

  title(chat) {
    return chat.kind === "private" ? this.bot : chat.title;
  }

  person(id) {
    return this.people.get(id);
  }

  unread(person, chat) {
    const read = this.#read[`${person}:${chat}`] ?? 0;
    let count = 0;
    for (const message of this.messages.get(chat)?.values() ?? []) {
      if (message.message_id > read && message.sender.id !== person) count += 1;
    }
    return count;
  }

  unreadOf(person, except = null) {
    let count = 0;
    for (const chat of this.chats.values()) {
      if (chat.id !== except && chat.members.includes(person)) count += this.unread(person, chat.id);
    }
    return count;
  }

  read(person, chat) {
    const last = this.last(chat)?.message_id ?? 0;
    if ((this.#read[`${person}:${chat}`] ?? 0) === last) return;
    this.#read[`${person}:${chat}`] = last;
    remember(this.#read);
    this.#tell("read", { person, chat });
  }

  /** A server that started afresh counts its messages from one again. */
  #forget(person, chat) {
    const key = `${person}:${chat}`;
    const last = this.last(chat)?.message_id ?? 0;
    if ((this.#read[key] ?? 0) > last) this.#read[key] = last;
  }

  #happened(event) {
    const here = this.messages.get(event.chat_id);
    switch (event.type) {
      case "message":
        this.#quiet(event.chat_id);
        here?.set(event.message.message_id, event.message);
        if (event.message.sender.is_bot && !here && this.people.has(event.chat_id)) {
          this.news.set(event.chat_id, (this.news.get(event.chat_id) ?? 0) + 1);
        }
        if (event.message.keyboard) this.#refresh(event.chat_id);
        break;
      case "edited":
      case "reacted":
        here?.set(event.message.message_id, event.message);
        break;
      case "deleted":
        here?.delete(event.message_id);
        break;
      case "typing":
        clearTimeout(this.typing.get(event.chat_id));
        this.typing.set(event.chat_id, setTimeout(() => this.#quiet(event.chat_id), 5000));
        break;
      case "pinned":
        this.pinned.set(event.chat_id, event.message_id);
        break;
      case "commands":
        this.#refresh(event.chat_id);
        break;
      case "chat":
        this.chats.set(event.chat_id, event.chat);
        if (event.migrated_to) this.#migrated(event.chat_id, event.migrated_to);
        break;
    }
    this.#tell(event.type, event);
  }

  #quiet(chat) {
    clearTimeout(this.typing.get(chat));
    if (this.typing.delete(chat)) this.#tell("quiet", { chat_id: chat });
  }

  #migrated(from, to) {
    this.groups = this.groups.map((group) => (group.chat_id === from ? { ...group, chat_id: to } : group));
    this.chats.delete(from);
  }

  /** Menus or keyboards changed in a chat (0: anywhere); phones that show it load again. */
  #refresh(chat) {
    this.#tell("stale", { chat_id: chat });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
    this.dispatchEvent(new CustomEvent("any", { detail: { ...detail, type } }));
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(READ)) ?? {};
  } catch {
    return {};
  }
}

function remember(read) {
  try {
    localStorage.setItem(READ, JSON.stringify(read));
  } catch {
    // private browsing: unread marks last as long as the page
  }
}
