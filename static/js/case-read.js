// The case read page: every answer is saved on its own, as it is given. Without this file the form is posted whole.
//
// The page holds components/save_line.html and one form with a block for each question:
//   <div class="app-answer" data-answer data-question="2.1.1a" data-version="3" data-save-url="…">
// In it: radios value-2.1.1a, a list or input na_reason-2.1.1a, a textarea evidence-2.1.1a, a hidden base_version-2.1.1a, and
// if wanted <button type="button" data-clear-answer hidden>. An answer is posted to data-save-url as JSON:
//   {question, value, na_reason, evidence, base_version, save_id}
// and what gives way to somebody else's answer to the form's data-set-aside-url, with gave_way_to, the version it gives way to;
// both are replied to with 200 {status: "saved", question, version, saved_at, warnings: [{kind, text}]}, 409 {status: "stale", question,
// theirs: {value, na_reason, evidence, version, by, at}} or 422 {status: "refused", message}. A message may come with 404 too.
import { Block } from "./case_read/block.js";
import { boxFor } from "./case_read/boxes.js";
import { newId } from "./case_read/identifier.js";
import { Keeping, NOT_KEPT } from "./case_read/keeping.js";
import { Line } from "./case_read/line.js";
import { Place } from "./case_read/place.js";
import { SaveQueue, isAside, same } from "./case_read/queue.js";
import { Section } from "./case_read/section.js";
import { currentSession, sessionOf } from "./case_read/session.js";
import { send } from "./case_read/transport.js";
import { showWarnings } from "./case_read/warnings.js";
import { Drafts } from "./unsent/drafts.js";
import { SignOut } from "./unsent/sign-out.js";

const LONGEST_WRITE = 1_000; // milliseconds that a slow disk may hold up a save

class CaseRead {
  constructor(form, lineRoot) {
    this.form = form;
    this.token = csrfToken(form);
    this.owner = sessionOf(document); // whose text this is: it is never sent in the name of another
    this.renewed = false; // since the server last accepted the token
    this.drafts = new Drafts({ newId, onTrouble: () => this.line.note(NOT_KEPT) });
    this.queue = new SaveQueue({ newId, drafts: this.drafts });
    this.line = new Line(lineRoot, () => this.sendAll());
    this.blocks = new Map();
    this.shown = new Map(); // question -> the problem that its box shows
    this.timer = null;
    this.leaving = null; // the button that was pressed, while the receipts are waited for
    for (const root of form.querySelectorAll("[data-answer]")) this.#add(root);
    this.section = new Section(this.blocks);
    this.place = new Place(form, (address) => this.line.leadBackTo(address));
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
    this.form.autocomplete = "off";
    if (!this.owner) return;
    this.keeping = new Keeping({
      drafts: this.drafts,
      session: () => ({ person: this.owner.person, token: this.token }),
      about: (question) => this.#about(this.blocks.get(question)),
      putBack: (id, draft) => this.#putBack(id, draft),
      showSaved: (question, saved) => this.#showSaved(question, saved),
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
    return { saveUrl: block.saveUrl, setAsideUrl: this.form.dataset.setAsideUrl, words: block.words(block.content()) };
  }

  // False if the question has other text by now.
  #putBack(id, draft) {
    const block = this.blocks.get(draft.question);
    const typed = this.drafts.get(draft.question)?.content;
    if (!block || (typed && !same(typed, draft.content))) return false;
    this.drafts.adopt(draft.question, id);
    block.show(draft.content);
    this.queue.restore(draft.question, draft, now());
    return true;
  }

  #showSaved(question, { version, content }) {
    const block = this.blocks.get(question);
    if (!block || this.drafts.has(question)) return;
    block.show(content);
    block.acknowledge(version);
    this.queue.open(question, { version, content });
  }

  #restored() {
    this.place.goTo();
    this.#work();
  }

  #add(root) {
    const block = new Block(root, {
      onChange: (changed, { typing }) => this.#change(changed, typing),
      onLeave: (left) => {
        this.queue.hurry(left.question, now());
        this.#work();
      },
    });
    this.blocks.set(block.question, block);
    this.queue.open(block.question, basis(block));
    this.queue.change(block.question, block.content(), now());
  }

  #change(block, typing) {
    this.queue.change(block.question, block.content(), now(), { typing });
    if (this.queue.problem(block.question)?.kind === "stale") this.shown.delete(block.question);
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
    const block = this.blocks.get(message.question);
    if (!document.hidden) await Promise.race([this.drafts.flush(), later(LONGEST_WRITE)]);
    const url = isAside(message) ? this.form.dataset.setAsideUrl : block.saveUrl;
    const outcome = await send(url, message, this.token);
    this.queue.settle(message.question, outcome, now());
    if (outcome.kind !== "signed-out") this.renewed = outcome.kind === "failed" && this.renewed;
    else if (!this.renewed) this.#renew();
    block.acknowledge(this.queue.version(message.question));
    if (outcome.kind === "saved") showWarnings(block.root, outcome.warnings);
    if (outcome.kind === "saved") this.keeping?.saved(message.question, this.queue.version(message.question), this.queue.saved(message.question));
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
    const state = this.queue.state();
    for (const [question, block] of this.blocks) this.#paintBox(block, this.queue.problem(question));
    this.section.paint();
    this.line.paint(state);
    this.#goOn(state);
  }

  #paintBox(block, problem) {
    if (problem === (this.shown.get(block.question) ?? null)) return;
    this.shown.set(block.question, problem);
    if (problem?.kind === "locked") block.lock();
    block.putBox(
      problem && boxFor(problem, block, { onMine: () => this.#mine(block), onTheirs: () => this.#theirs(block) }),
    );
  }

  #mine(block) {
    this.queue.keepMine(block.question, now());
    this.#decided(block);
  }

  #theirs(block) {
    block.show(this.queue.keepTheirs(block.question, now()));
    this.#decided(block);
  }

  #decided(block) {
    block.acknowledge(this.queue.version(block.question));
    this.#work();
    block.focus();
  }

  // "Save and continue" waits for the receipts, so that the form never leaves with an answer that the server lacks.
  #goOn({ unsent, sending, problems }) {
    if (!this.leaving || sending) return;
    const { submitter } = this.leaving;
    this.leaving = null;
    if (unsent) this.blocks.get(problems[0]?.question)?.focus();
    else this.form.requestSubmit(submitter);
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      if (!this.queue.state().unsent) return;
      event.preventDefault();
      this.leaving = { submitter: event.submitter };
      this.sendAll();
    });
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
// nothing, and where there is an answer the server shows both.
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

const form = document.querySelector("[data-answer]")?.closest("form");
const line = document.querySelector("[data-save-line]");
if (form && line) new CaseRead(form, line);
