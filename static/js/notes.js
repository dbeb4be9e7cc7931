// The notes page: every note is saved on its own, while it is typed. Without this file each form is posted by itself.
//
// The page holds components/save_line.html and a form for each note:
//   <form data-note="<id>" data-label="Note 3" data-version="2" data-save-url="…">
// with text, questions, source, seen_on and a hidden base_version. A note travels as an answer does (js/case-read.js), its
// id as the `question`: {question, text, questions, source, seen_on, struck, base_version, save_id}, and is replied to alike.
import { newId } from "./case_read/identifier.js";
import { Line } from "./case_read/line.js";
import { SaveQueue, same } from "./case_read/queue.js";
import { currentSession, sessionOf } from "./case_read/session.js";
import { send } from "./case_read/transport.js";
import { NoteBlock } from "./notes/block.js";
import { boxFor } from "./notes/boxes.js";

class Notes {
  // drafts: what the queue keeps unsent notes in, by their id.
  constructor(forms, lineRoot, { drafts = new Map() } = {}) {
    this.token = forms[0].querySelector("input[name=csrfmiddlewaretoken]").value;
    this.owner = sessionOf(document); // whose text this is: it is never sent in the name of another
    this.renewed = false; // since the server last accepted the token
    this.queue = new SaveQueue({ newId, drafts });
    this.line = new Line(lineRoot, () => this.sendAll());
    this.blocks = new Map();
    this.shown = new Map(); // note -> the problem that its box shows
    this.timer = null;
    this.leaving = null; // the form and button that were pressed, while the receipts are waited for
    for (const form of forms) this.#add(form);
    this.#listen(forms);
    this.#work();
  }

  sendAll() {
    if (this.queue.signedOut) {
      this.#renew();
      return;
    }
    this.queue.hurryAll(now());
    this.#work();
  }

  #add(form) {
    const block = new NoteBlock(form, {
      onChange: (changed, { typing }) => this.#change(changed, typing),
      onLeave: (left) => {
        this.queue.hurry(left.id, now());
        this.#work();
      },
    });
    this.blocks.set(block.id, block);
    this.queue.open(block.id, basis(block));
    this.queue.change(block.id, block.content(), now());
  }

  #change(block, typing) {
    this.queue.change(block.id, block.content(), now(), { typing });
    if (this.queue.problem(block.id)?.kind === "stale") this.shown.delete(block.id);
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
    const outcome = await send(block.saveUrl, message, this.token);
    this.queue.settle(block.id, outcome, now());
    if (outcome.kind !== "signed-out") this.renewed = outcome.kind === "failed" && this.renewed;
    else if (!this.renewed) this.#renew();
    block.acknowledge(this.queue.version(block.id));
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
    for (const [id, block] of this.blocks) this.#paintBox(block, this.queue.problem(id));
    const problems = state.problems.map((problem) => ({ ...problem, question: this.blocks.get(problem.question).label, thing: "note" }));
    this.line.paint({ ...state, problems, thing: "note" });
    this.#goOn(state);
  }

  #paintBox(block, problem) {
    if (problem === (this.shown.get(block.id) ?? null)) return;
    this.shown.set(block.id, problem);
    if (problem?.kind === "locked") block.lock();
    const choose = { onMine: () => this.#mine(block), onTheirs: () => this.#theirs(block) };
    block.putBox(problem && boxFor({ ...problem, thing: "note" }, block, choose));
  }

  #mine(block) {
    this.queue.keepMine(block.id, now());
    this.#decided(block);
  }

  #theirs(block) {
    block.show(this.queue.keepTheirs(block.id, now(), { aside: false }));
    this.#decided(block);
  }

  #decided(block) {
    block.acknowledge(this.queue.version(block.id));
    this.#work();
    block.focus();
  }

  // A button waits for the receipts, so that no form leaves the page with a note that the server lacks.
  #goOn({ unsent, sending, problems }) {
    if (!this.leaving || sending) return;
    const { form, submitter } = this.leaving;
    this.leaving = null;
    if (unsent) this.blocks.get(problems[0]?.question)?.focus();
    else form.requestSubmit(submitter);
  }

  #listen(forms) {
    for (const form of forms) {
      form.addEventListener("submit", (event) => {
        if (!this.queue.state().unsent) return;
        event.preventDefault();
        this.leaving = { form, submitter: event.submitter };
        this.sendAll();
      });
    }
    window.addEventListener("online", () => this.sendAll());
    document.addEventListener("visibilitychange", () => (document.hidden || this.queue.signedOut) && this.sendAll());
    window.addEventListener("focus", () => this.queue.signedOut && this.sendAll());
    window.addEventListener("beforeunload", (event) => this.queue.state().unsent && event.preventDefault());
  }
}

// A browser may have put back what stood here before a reload. What that was based on is not known, so it is sent as based on
// nothing, and where there is a note the server shows both.
function basis(block) {
  const drawn = block.original();
  return same(drawn.content, block.content()) ? drawn : { ...drawn, version: 0 };
}

// Unlike the time of day it never steps back.
function now() {
  return performance.now();
}

const forms = [...document.querySelectorAll("form[data-note]")];
const line = document.querySelector("[data-save-line]");
if (forms.length && line) new Notes(forms, line);
