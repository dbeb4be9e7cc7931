// Keeps what is unsent of this page on the computer, and puts back what an earlier page left.
import { Keys, fetchKeys } from "../unsent/keys.js";
import { openVault } from "../unsent/open.js";
import { askOthersToSend, live, liveTabs, onAsked } from "../unsent/tabs.js";
import { handKeys, sayWho } from "../unsent/worker.js";
import { stuckBox } from "../unsent/lists.js";
import { newId } from "./identifier.js";

const HERE = { answer: "this section", note: "your notes" };
const AGAIN = 15_000;
const HOUR = 3_600_000;

export function notKept(thing) {
  return `This computer keeps no unsent ${thing}s: keep this page open until they are saved`;
}

export class Keeping {
  // page: {thing, drafts, session(), about(question), putBack(row), showSaved(question, saved), note(text), sendAll(), restored()}
  constructor(page) {
    this.page = page;
    this.path = location.pathname;
    this.tab = newId();
    this.vault = null;
    this.savedIds = new Map();
    this.keptCopy = document.documentElement.hasAttribute("data-kept-copy");
    live(this.tab);
    onAsked(() => page.sendAll());
    sayWho(page.session().person);
    this.#open();
  }

  // What a kept copy of the page has to show from now on.
  async saved(question, version, content) {
    if (this.keptCopy) this.page.note("");
    if (!this.vault) return;
    if (!this.savedIds.has(question)) this.savedIds.set(question, newId());
    await this.#quietly(this.vault.put("saved", this.savedIds.get(question), { path: this.path, question, version, content }));
  }

  async #open() {
    const vault = await openVault(this.page.session());
    if (!vault || vault === "never") {
      this.page.note(notKept(this.page.thing));
      if (!vault) setTimeout(() => this.#open(), AGAIN);
      return;
    }
    this.vault = vault;
    this.page.note(this.keptCopy ? notConnected(this.page.thing) : "");
    await this.#quietly(this.#restore());
    await this.page.drafts.keepIn(vault, (question) => ({ path: this.path, tab: this.tab, ...this.page.about(question) }));
    this.page.restored();
    this.#hand();
    setInterval(() => this.#hand(), AGAIN);
    setInterval(() => this.#freshen(), HOUR);
  }

  async #restore() {
    await this.#saved();
    const [rows, living, left] = [await this.vault.mine("drafts"), await liveTabs(), []];
    for (const row of rows.filter(({ words }) => words.path === this.path)) {
      if (living.has(row.words.tab)) askOthersToSend();
      else if (!this.page.putBack(row.id, row.words)) left.push(row);
    }
    if (left.length) document.querySelector("main").prepend(stuckBox(left, this.vault));
  }

  // The server's own page is newer than what was noted for a kept copy.
  async #saved() {
    const rows = (await this.vault.mine("saved")).filter(({ words }) => words.path === this.path);
    if (!this.keptCopy) await this.vault.remove("saved", ...rows.map(({ id }) => id));
    else for (const { id, words } of rows) {
      this.savedIds.set(words.question, id);
      this.page.showSaved(words.question, words);
    }
  }

  #hand() {
    handKeys(this.vault.keys, this.path);
  }

  async #freshen() {
    const keys = await fetchKeys(this.page.session());
    if (keys instanceof Keys) this.vault.keys = keys;
  }

  async #quietly(work) {
    try {
      await work;
    } catch {
      this.page.note(notKept(this.page.thing));
    }
  }
}

function notConnected(thing) {
  return `You are not connected. You can go on with ${HERE[thing]}. Other pages will open when you are back`;
}
