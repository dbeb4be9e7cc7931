// What the pages that save while somebody types have in common: each block (an answer, a note) is sent on its own, as it is
// given, kept on the computer until it is acknowledged, and gets a box where a person has to decide.
import { newId } from "./identifier.js";
import { Keeping, notKept } from "./keeping.js";
import { Line } from "./line.js";
import { Place } from "./place.js";
import { SaveQueue, isAside, same } from "./queue.js";
import { currentSession, sessionOf } from "./session.js";
import { send } from "./transport.js";
import { Drafts } from "../unsent/drafts.js";
import { SignOut } from "../unsent/sign-out.js";

const LONGEST_WRITE = 1_000; // milliseconds that a slow disk may hold up a save

export class Saving {
  // page: {thing, forms, line, blocks(listeners) -> the blocks, boxFor, setAsideUrl (if there is one), blank() -> a block that
  // may take a new key (if there is one), onSaved(block, outcome), onTheirs(block), onPaint(blocks)}
  // A block: {key, label, saveUrl, place, original(), content(), words(content), show(), acknowledge(), lock(), focus(), putBox()}
  constructor(page) {
    this.page = page;
    this.token = csrfToken(page.forms[0]);
    this.owner = sessionOf(document); // whose text this is: it is never sent in the name of another
    this.renewed = false; // since the server last accepted the token
    this.drafts = new Drafts({ newId, onTrouble: () => this.line.note(notKept(page.thing)) });
    this.queue = new SaveQueue({ newId, drafts: this.drafts });
    this.line = new Line(page.line, () => this.sendAll());
    this.blocks = new Map();
    this.shown = new Map(); // key -> the problem that its box shows
    this.timer = null;
    this.leaving = null; // the form and button that were pressed, while the receipts are waited for
    for (const block of page.blocks(this.#listeners())) this.#add(block);
    this.place = new Place(page.forms, (address) => this.line.leadBackTo(address));
    this.#listen();
    this.#work();
    this.#keep();
  }

  sendAll() {
    if (this.queue.signedOut) {
      this.#renew();
      return;
    }
    this.queue.hurryAll(now());
    this.#work();
  }

  // A browser would otherwise write what stands in the fields into its own files, for everybody to read.
  #keep() {
    for (const form of this.page.forms) form.autocomplete = "off";
    if (!this.owner) return;
    this.keeping = new Keeping({
      thing: this.page.thing,
      drafts: this.drafts,
      session: () => ({ person: this.owner.person, token: this.token }),
      about: (key) => this.#about(this.blocks.get(key)),
      putBack: (id, draft) => this.#putBack(id, draft),
      showSaved: (key, saved) => this.#showSaved(key, saved),
      note: (text) => this.line.note(text),
      sendAll: () => this.sendAll(),
      restored: () => this.#restored(),
    });
    new SignOut(document.querySelector("form[data-person]"), {
      isUnsent: () => this.queue.state().unsent > 0,
      flush: () => this.drafts.flush(),
      send: () => this.sendAll(),
      clear: () => this.drafts.clear(),
    });
  }

  #about(block) {
    const { saveUrl, label, place } = block;
    const { thing, setAsideUrl } = this.page;
    return { thing, saveUrl, setAsideUrl, label, place, words: block.words(this.drafts.get(block.key).content) };
  }

  // False if there is no place for it, or other text stands there by now.
  #putBack(id, draft) {
    const block = this.#blockFor(draft.question, draft.version);
    const typed = this.drafts.get(draft.question)?.content;
    if (!block || (typed && !same(typed, draft.content))) return false;
    this.drafts.adopt(draft.question, id);
    block.show(draft.content);
    this.queue.restore(draft.question, draft, now());
    return true;
  }

  #showSaved(key, { version, content }) {
    const block = this.#blockFor(key, version);
    if (!block || this.drafts.has(key)) return;
    block.show(content);
    block.acknowledge(version);
    this.queue.open(key, { version, content });
  }

  // What has no block yet was new when it was typed: the blank one becomes its own.
  #blockFor(key, version) {
    const blank = this.blocks.has(key) ? null : this.page.blank?.();
    if (!blank || this.drafts.has(blank.key) || this.queue.version(blank.key)) return this.blocks.get(key);
    this.blocks.delete(blank.key);
    this.queue.close(blank.key);
    blank.become(key, version);
    this.#add(blank);
    return blank;
  }

  #restored() {
    this.place.goTo();
    this.#work();
  }

  #listeners() {
    return {
      onChange: (block, { typing }) => this.#change(block, typing),
      onLeave: (block) => {
        this.queue.hurry(block.key, now());
        this.#work();
      },
    };
  }

  #add(block) {
    this.blocks.set(block.key, block);
    this.queue.open(block.key, basis(block));
    this.queue.change(block.key, block.content(), now());
  }

  #change(block, typing) {
    this.queue.change(block.key, block.content(), now(), { typing });
    if (this.queue.problem(block.key)?.kind === "stale") this.shown.delete(block.key);
    this.#work();
  }

  #work() {
    for (const message of this.queue.take(now())) this.#send(message);
    this.#paint();
    clearTimeout(this.timer);
    const due = this.queue.nextDue();
    if (due !== null) this.timer = setTimeout(() => this.#work(), Math.max(0, due - now()));
  }

  async #send(message) {
    const { question: key } = message;
    const block = this.blocks.get(key);
    if (!document.hidden) await Promise.race([this.drafts.flush(), later(LONGEST_WRITE)]);
    const outcome = await send(isAside(message) ? this.page.setAsideUrl : block.saveUrl, message, this.token);
    this.queue.settle(key, outcome, now());
    if (outcome.kind !== "signed-out") this.renewed = outcome.kind === "failed" && this.renewed;
    else if (!this.renewed) this.#renew();
    block.acknowledge(this.queue.version(key));
    if (outcome.kind === "saved") {
      this.page.onSaved?.(block, outcome);
      this.keeping?.saved(key, this.queue.version(key), this.queue.saved(key));
    }
    this.#work();
  }

  async #renew() {
    const session = await currentSession();
    if (this.queue.signedOut && session && this.owner) this.#meet(session);
    this.#work();
  }

  #meet(session) {
    if (session.person === this.owner.person) this.#resume(session.token);
    else this.queue.signedOut = `${session.name} is signed in now. Sign in as ${this.owner.name} to save your work. Nothing you typed has been lost`;
  }

  #resume(token) {
    this.renewed = true;
    this.token = token;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    this.queue.resume(now());
  }

  #paint() {
    const { thing } = this.page;
    const state = this.queue.state();
    for (const [key, block] of this.blocks) this.#paintBox(block, this.queue.problem(key));
    this.page.onPaint?.(this.blocks);
    const problems = state.problems.map((problem) => ({ ...problem, question: this.blocks.get(problem.question).label, thing }));
    this.line.paint({ ...state, problems, thing });
    this.#goOn(state);
  }

  #paintBox(block, problem) {
    if (problem === (this.shown.get(block.key) ?? null)) return;
    this.shown.set(block.key, problem);
    if (problem?.kind === "locked") block.lock();
    const choose = { onMine: () => this.#mine(block), onTheirs: () => this.#theirs(block) };
    block.putBox(problem && this.page.boxFor({ ...problem, thing: this.page.thing }, block, choose));
  }

  #mine(block) {
    this.queue.keepMine(block.key, now());
    this.#decided(block);
  }

  #theirs(block) {
    block.show(this.queue.keepTheirs(block.key, now(), { aside: Boolean(this.page.setAsideUrl) }));
    this.page.onTheirs?.(block);
    this.#decided(block);
  }

  #decided(block) {
    block.acknowledge(this.queue.version(block.key));
    this.#work();
    block.focus();
  }

  // A button waits for the receipts, so that no form leaves the page with something that the server lacks.
  #goOn({ unsent, sending, problems }) {
    if (!this.leaving || sending) return;
    const { form, submitter } = this.leaving;
    this.leaving = null;
    if (unsent) this.blocks.get(problems[0]?.question)?.focus();
    else form.requestSubmit(submitter);
  }

  #listen() {
    for (const form of this.page.forms) {
      form.addEventListener("submit", (event) => {
        if (!this.queue.state().unsent) return;
        event.preventDefault();
        this.leaving = { form, submitter: event.submitter };
        this.sendAll();
      });
    }
    window.addEventListener("online", () => this.sendAll());
    window.addEventListener("pagehide", () => this.drafts.flush());
    document.addEventListener("visibilitychange", () => (document.hidden || this.queue.signedOut) && this.sendAll());
    window.addEventListener("focus", () => this.queue.signedOut && this.sendAll());
    window.addEventListener("beforeunload", (event) => {
      this.drafts.flush();
      if (this.queue.state().unsent) event.preventDefault();
    });
  }
}

// A browser may have put back what stood here before a reload. What that was based on is not known, so it is sent as based on
// nothing, and where there is something already the server shows both.
function basis(block) {
  const drawn = block.original();
  return same(drawn.content, block.content()) ? drawn : { ...drawn, version: 0 };
}

function later(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// Unlike the time of day it never steps back.
function now() {
  return performance.now();
}

function csrfToken(form) {
  const meta = document.querySelector("meta[name=csrf-token]");
  return meta?.content ?? form.querySelector("input[name=csrfmiddlewaretoken]").value;
}
