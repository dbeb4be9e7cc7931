// Five minutes before the session ends a box says so, once aloud, and one press keeps it going. Other tabs are told.
//   <div data-ends-in="43200" data-ends-at="5:10pm" data-stay-url="…" hidden>
import { sessionOf } from "./case_read/session.js";

const WARNING = 5 * 60_000;
const LOOK = 15_000; // a timer of hours sleeps with the computer; looking often does not

class SessionEnd {
  constructor(box) {
    this.box = box;
    this.words = box.querySelector("[data-session-words]");
    this.button = box.querySelector("button");
    this.alert = document.querySelector("[data-save-alert]") ?? box.querySelector("[role=alert]");
    this.tabs = new BroadcastChannel("session-end");
    this.tabs.addEventListener("message", ({ data }) => this.#last(data));
    this.button.addEventListener("click", () => this.#stay());
    this.button.addEventListener("focus", ({ relatedTarget }) => (this.before = relatedTarget));
    this.#last({ endsIn: Number(box.dataset.endsIn), endsAt: box.dataset.endsAt });
    setInterval(() => this.#look(), LOOK);
    document.addEventListener("visibilitychange", () => this.#look());
  }

  #last({ endsIn, endsAt }) {
    this.end = Date.now() + endsIn * 1000;
    this.endsAt = endsAt;
    this.box.hidden = true;
    this.#look();
  }

  #look() {
    const left = this.end - Date.now();
    if (left > WARNING) return;
    this.button.hidden = left <= 0;
    this.words.textContent = left > 0 ? `Your session ends at ${this.endsAt}.` : `Your session ended at ${this.endsAt}. Sign in again to go on.`;
    if (!this.box.hidden) return;
    this.box.hidden = false;
    this.alert.textContent = this.words.textContent;
  }

  async #stay() {
    const answer = await stay(this.box.dataset.stayUrl);
    if (!answer) {
      this.words.textContent = "We could not reach the service. Try again.";
      return;
    }
    const last = { endsIn: answer.ends_in, endsAt: answer.ends_at };
    this.#last(last);
    this.tabs.postMessage(last);
    this.before?.focus();
  }
}

async function stay(url) {
  try {
    const headers = { Accept: "application/json", "X-CSRFToken": sessionOf(document)?.token ?? "" };
    const response = await fetch(url, { method: "POST", credentials: "same-origin", redirect: "error", headers });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

const box = document.querySelector("[data-ends-in]");
if (box) new SessionEnd(box);
