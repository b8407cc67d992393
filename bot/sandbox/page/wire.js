// The one socket to the server: questions with replies, and pushes; it comes back by itself when it breaks.

const PATIENCE = 30_000; // ms before a question counts as lost
const NOT_SENT = "没有发出，请稍后再按「发送」。";

export class Wire extends EventTarget {
  #socket = null;
  #asked = new Map();
  #next = 1;
  #failures = 0;

  connect() {
    this.#socket = new WebSocket(`ws://${location.host}/live`);
    this.#socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    this.#socket.onclose = () => this.#lost();
  }

  #take(said) {
    if (said.type === "reply") {
      const waiting = this.#asked.get(said.id);
      this.#asked.delete(said.id);
      if (!waiting) return;
      clearTimeout(waiting.timer);
      if ("error" in said) waiting.reject(new Error(said.error));
      else waiting.resolve(said.ok);
      return;
    }
    if (said.type === "hello") this.#failures = 0;
    this.dispatchEvent(new CustomEvent(said.type, { detail: said }));
  }

  #lost() {
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer);
      reject(new Error("连接已断开，请稍后再试。"));
    }
    this.#asked.clear();
    this.dispatchEvent(new Event("lost"));
    this.#failures += 1;
    setTimeout(() => this.connect(), Math.min(300 * this.#failures, 3000));
  }

  /** Ask the server to do something; resolves with its answer, rejects with a sentence for the person. */
  ask(what, question = {}) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new Error("连接已断开，请稍后再试。"));
        return;
      }
      const id = this.#next++;
      const timer = setTimeout(() => {
        this.#asked.delete(id);
        reject(new Error("没有回应，请稍后再试。"));
      }, PATIENCE);
      this.#asked.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, do: what, ...question }));
    });
  }

  /** Send a file into a chat; files of one `album` belong together. `progress` is told the part that has gone, 0 to 1. */
  sendFile(user, chat, file, { caption, photo, album, progress }) {
    const query = new URLSearchParams({ user, chat, name: file.name || "图片.png", caption, photo: photo ? "1" : "0", album });
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest(); // fetch does not say how far an upload has come
      request.open("POST", `/files?${query}`);
      request.responseType = "json";
      request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
      request.onload = () => (request.status === 200 ? resolve(request.response.ok) : reject(new Error(request.response?.error ?? NOT_SENT)));
      request.onerror = () => reject(new Error(NOT_SENT));
      request.send(file);
    });
  }
}
