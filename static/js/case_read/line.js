// The save line, the two regions that are read aloud and the page's title.
import { element } from "./elements.js";
import { Speaker, saveLine } from "./words.js";

const UNSENT = "Unsent: ";
const SPOKEN = "saved was spoken";

export class Line {
  constructor(root, onSendNow) {
    this.root = root;
    this.text = root.querySelector("[data-save-text]");
    this.original = this.text.textContent;
    this.sendNow = root.querySelector("[data-save-now]");
    this.signIn = root.querySelector("[data-save-sign-in]");
    this.regions = {
      status: root.querySelector("[data-save-status]"),
      alert: root.querySelector("[data-save-alert]"),
    };
    this.speaker = new Speaker({ savedIsNews: !wasSpoken() });
    this.title = document.title;
    this.noted = element("span", { class: "app-save-line__note" });
    this.noted.hidden = true;
    this.text.after(this.noted);
    this.sendNow.addEventListener("click", onSendNow);
  }

  // Something about the page that is not about its answers; "" for nothing.
  note(text) {
    this.noted.textContent = text;
    this.noted.hidden = !text;
  }

  leadBackTo(address) {
    this.signIn.href = `${this.signIn.pathname}?next=${encodeURIComponent(address)}`;
  }

  paint(state) {
    const { tone, text } = saveLine(state);
    this.root.dataset.saveLine = tone;
    this.text.textContent = text ?? this.original;
    this.sendNow.hidden = !state.failing && !state.signedOut;
    this.signIn.hidden = !state.signedOut;
    document.title = (state.unsent ? UNSENT : "") + this.title;
    for (const [region, words] of Object.entries(this.speaker.hear(state))) this.#speak(region, words);
  }

  #speak(region, words) {
    this.regions[region].textContent = words;
    if (region === "status") noteSpoken();
  }
}

// A visit may be many pages of one tab: the first "saved" is told once, not once on every page.
function wasSpoken() {
  try {
    return Boolean(sessionStorage.getItem(SPOKEN));
  } catch {
    return false;
  }
}

function noteSpoken() {
  try {
    sessionStorage.setItem(SPOKEN, "1");
  } catch {
    // A browser that keeps nothing is told on every page.
  }
}
