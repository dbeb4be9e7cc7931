// Signing out removes what is kept on this computer; if some of it is not sent, a box names it first.
import { button, element } from "../case_read/elements.js";
import { deliver } from "./deliver.js";
import { anythingKept, openVault, removeEverything } from "./open.js";
import { UNNAMED, leaving } from "./words.js";
import { forgetPages } from "./worker.js";

const PATIENCE = 8_000;

export class SignOut {
  // page, where answers are given on this one: {isUnsent(), flush(), send(), clear()}
  constructor(form, page = null) {
    this.form = form;
    this.page = page;
    this.box = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask();
    });
  }

  async #ask() {
    await this.page?.flush();
    const found = await this.#find();
    if (found) this.#show(found);
    else this.#leave();
  }

  // null if there is nothing unsent.
  async #find() {
    if (!(await anythingKept())) return null;
    const vault = await openVault(this.#session());
    if (vault === "never") return null;
    if (!vault) return { sentence: UNNAMED, rows: [] };
    const [rows, others] = [await vault.mine("drafts"), await vault.others()];
    return rows.length || others ? { sentence: leaving(rows, others), rows, vault } : null;
  }

  #show({ sentence, rows }) {
    this.box?.remove();
    const buttons = element("div", { class: "govuk-button-group" });
    if (rows.length) buttons.append(plain("Send them now", () => this.#send()));
    buttons.append(plain("Sign out and remove them", () => this.#leave()), plain("Stay signed in", () => this.#stay()));
    const words = element("p", { class: "app-answer-box__heading", id: "unsent-at-sign-out" }, sentence);
    this.box = element("div", { class: "app-answer-box", role: "group", tabindex: "-1", "aria-labelledby": words.id }, words, buttons);
    document.querySelector("main").prepend(this.box);
    this.box.focus();
  }

  #stay() {
    this.box.remove();
    this.form.querySelector("button").focus();
  }

  async #send() {
    this.page?.send();
    for (let waited = 0; this.page?.isUnsent() && waited < PATIENCE; waited += 200) await new Promise((resolve) => setTimeout(resolve, 200));
    await this.page?.flush();
    const found = await this.#find();
    for (const { id, words } of found?.rows ?? []) {
      if (words.path !== location.pathname && (await deliver(words, this.#session().token))) await found.vault.remove("drafts", id);
    }
    await this.#ask();
  }

  async #leave() {
    this.page?.clear();
    await this.page?.flush();
    await Promise.allSettled([removeEverything(), forgetPages()]);
    this.form.submit();
  }

  #session() {
    return { person: this.form.dataset.person, token: this.form.querySelector("input[name=csrfmiddlewaretoken]").value };
  }
}

function plain(text, onClick) {
  const made = button(text, "", onClick);
  made.lastChild.remove();
  return made;
}
