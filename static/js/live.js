// Figures that keep up without a reload: [data-live-url] is fetched every [data-live-seconds] while the page is in view.
import { note, replyOf } from "./live/words.js";

class LiveRegion {
  constructor(root) {
    this.root = root;
    this.url = root.dataset.liveUrl;
    this.pause = Number(root.dataset.liveSeconds) * 1000;
    this.note = root.parentElement.querySelector("[data-live-note]");
    this.etag = null;
    this.asAt = new Date();
    this.timer = null;
    document.addEventListener("visibilitychange", () => this.wake());
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = setTimeout(() => this.refresh(), this.pause);
  }

  wake() {
    clearTimeout(this.timer);
    if (!document.hidden) this.refresh();
  }

  async refresh() {
    const { reply, text } = await this.#ask();
    if (reply === "fresh") this.#show(text);
    if (reply === "fresh" || reply === "unchanged") this.asAt = new Date();
    this.#say(note(reply, this.asAt));
    if (reply !== "closed") this.wait();
  }

  async #ask() {
    try {
      const headers = this.etag ? { "If-None-Match": this.etag } : {};
      const response = await fetch(this.url, { headers, credentials: "same-origin", redirect: "manual", cache: "no-store" });
      const reply = replyOf(response);
      const text = reply === "fresh" ? await response.text() : null;
      if (reply === "fresh") this.etag = response.headers.get("ETag");
      return { reply, text };
    } catch {
      return { reply: "unreachable" };
    }
  }

  // Replaced only when it differs; whoever was on a link or had something open is put back there.
  #show(text) {
    const fresh = document.createElement("template");
    fresh.innerHTML = text;
    if (fresh.innerHTML.trim() === this.root.innerHTML.trim()) return;
    const focused = this.root.contains(document.activeElement) ? selectorOf(document.activeElement) : null;
    const open = [...this.root.querySelectorAll("details[open][id]")].map(selectorOf);
    this.root.replaceChildren(fresh.content);
    for (const selector of open) this.root.querySelector(selector)?.setAttribute("open", "");
    if (focused) this.root.querySelector(focused)?.focus({ preventScroll: true });
  }

  #say(words) {
    if (this.note && this.note.textContent !== words) this.note.textContent = words;
  }
}

function selectorOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  return element.hasAttribute("href") ? `[href="${CSS.escape(element.getAttribute("href"))}"]` : null;
}

for (const root of document.querySelectorAll("[data-live-url]")) new LiveRegion(root);
