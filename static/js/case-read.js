// The case read page: every answer is saved on its own, as it is given. Without this file the form is posted whole.
//
// The page holds components/save_line.html and one form with a block for each question:
//   <div class="app-answer" data-answer data-question="2.1.1a" data-version="3" data-save-url="…">
// In it: radios value-2.1.1a, a list or input na_reason-2.1.1a, a textarea evidence-2.1.1a, a hidden base_version-2.1.1a, and
// if wanted <button type="button" data-clear-answer hidden>. An answer is posted to data-save-url as JSON:
//   {question, value, na_reason, evidence, base_version, save_id}
// and replied to with 200 {status: "saved", question, version, saved_at, warnings: [{kind, text}]}, 409 {status: "stale", question,
// theirs: {value, na_reason, evidence, version, by, at}} or 422 {status: "refused", message}. A message may come with 404 too.
import { Block } from "./case_read/block.js";
import { boxFor } from "./case_read/boxes.js";
import { newId } from "./case_read/identifier.js";
import { Line } from "./case_read/line.js";
import { SaveQueue, same } from "./case_read/queue.js";
import { currentSession, sessionOf } from "./case_read/session.js";
import { send } from "./case_read/transport.js";
import { showWarnings } from "./case_read/warnings.js";

class CaseRead {
  constructor(form, lineRoot) {
    this.form = form;
    this.token = csrfToken(form);
    this.owner = sessionOf(document); // whose text this is: it is never sent in the name of another
    this.renewed = false; // since the server last accepted the token
    this.queue = new SaveQueue({ newId });
    this.line = new Line(lineRoot, () => this.sendAll());
    this.blocks = new Map();
    this.shown = new Map(); // question -> the problem that its box shows
    this.timer = null;
    this.leaving = null; // the button that was pressed, while the receipts are waited for
    for (const root of form.querySelectorAll("[data-answer]")) this.#add(root);
    this.#listen();
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
    const outcome = await send(block.saveUrl, message, this.token);
    this.queue.settle(message.question, outcome, now());
    if (outcome.kind !== "signed-out") this.renewed = outcome.kind === "failed" && this.renewed;
    else if (!this.renewed) this.#renew();
    block.acknowledge(this.queue.version(message.question));
    if (outcome.kind === "saved") showWarnings(block.root, outcome.warnings);
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
    block.show(this.queue.keepTheirs(block.question));
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
    document.addEventListener("visibilitychange", () => (document.hidden || this.queue.signedOut) && this.sendAll());
    window.addEventListener("focus", () => this.queue.signedOut && this.sendAll());
    window.addEventListener("beforeunload", (event) => this.queue.state().unsent && event.preventDefault());
  }
}

// A browser may have put back what stood here before a reload. What that was based on is not known, so it is sent as based on
// nothing, and where there is an answer the server shows both.
function basis(block) {
  const drawn = block.original();
  return same(drawn.content, block.content()) ? drawn : { ...drawn, version: 0 };
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
