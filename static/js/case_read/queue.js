// What is on the page and not yet in the database, answer by answer. No clock, no network, no page: times are handed in.

export const TYPING_PAUSE = 2_000;
export const TYPING_LIMIT = 10_000;
export const FIRST_RETRY = 1_000;
export const LONGEST_RETRY = 300_000;

export class SaveQueue {
  // drafts: a Map of what is unsent, by question: {content, version, message}. `version` is what the content is based on, and
  // `message` what was sent of it and not acknowledged yet. Whoever keeps the drafts can restore them after a crash.
  constructor({ newId, drafts = new Map() }) {
    this.newId = newId;
    this.drafts = drafts;
    this.answers = new Map();
    this.lastSaved = null;
    this.backAgain = false;
    this.signedOut = null; // what to do about it: nothing is sent, and nothing forgotten, until resume
  }

  open(question, { version, content }) {
    this.answers.set(question, {
      version,
      saved: content,
      message: null, // sent and not yet acknowledged: it is repeated as it was, under its own id, until the server answers
      flying: false,
      due: null,
      typingSince: null,
      retryAt: null,
      failures: 0,
      problem: null, // {kind: "stale" | "refused" | "locked", …}: nothing is sent until a person has dealt with it
    });
  }

  close(question) {
    this.answers.delete(question);
  }

  change(question, content, now, { typing = false } = {}) {
    const answer = this.answers.get(question);
    this.backAgain = false;
    if (answer.problem?.kind === "refused") answer.problem = null;
    if (!answer.message && !answer.problem && same(content, answer.saved)) {
      this.#forget(question, answer);
      return;
    }
    this.#keep(question, answer, content);
    answer.typingSince = typing ? (answer.typingSince ?? now) : null;
    answer.due = typing ? Math.min(now + TYPING_PAUSE, answer.typingSince + TYPING_LIMIT) : now;
  }

  // A draft that an earlier page left: what had been sent of it is repeated first, under its own id.
  restore(question, { content, version, message }, now) {
    const answer = this.answers.get(question);
    if (!message && same(content, answer.saved)) {
      this.drafts.delete(question);
      return;
    }
    answer.version = version;
    answer.message = message;
    if (message) answer.retryAt = now;
    answer.due = message && same(message.content, content) ? null : now;
    this.#keep(question, answer, content);
  }

  // Leaving a field: what waits for a pause in typing goes now. A failed save keeps its place in the back-off.
  hurry(question, now) {
    const answer = this.answers.get(question);
    if (answer.due !== null) answer.due = Math.min(answer.due, now);
  }

  // The network is back, the page is being left or the person asked: everything goes now.
  hurryAll(now) {
    for (const [question, answer] of this.answers) {
      this.hurry(question, now);
      if (answer.retryAt !== null) answer.retryAt = now;
    }
  }

  resume(now) {
    this.signedOut = null;
    this.hurryAll(now);
  }

  // The messages to send now; each is in flight until settle is called for it.
  take(now) {
    const messages = [];
    if (this.signedOut) return messages;
    for (const [question, answer] of this.answers) {
      const time = dueTime(answer);
      if (time === null || time > now) continue;
      if (!answer.message) this.#compose(question, answer);
      answer.flying = true;
      answer.retryAt = null;
      messages.push({ ...answer.message, attempt: answer.failures + 1 });
    }
    return messages;
  }

  settle(question, outcome, now) {
    const answer = this.answers.get(question);
    const sent = answer.message;
    answer.flying = false;
    if (outcome.kind === "signed-out") {
      this.signedOut = outcome.message;
      answer.retryAt = now;
      return;
    }
    if (outcome.kind === "failed") {
      answer.failures += 1;
      answer.retryAt = now + Math.min(FIRST_RETRY * 2 ** (answer.failures - 1), LONGEST_RETRY);
      return;
    }
    answer.message = null;
    this.#connected(now);
    if (!this.drafts.has(question)) return; // it was removed while it was on its way, because the person signs out
    if (isAside(sent)) this.#gaveWay(question, answer, { ...outcome, content: sent.content }, now);
    else if (outcome.kind === "saved") this.#saved(question, answer, { ...outcome, content: sent.content }, now);
    else if (outcome.kind === "stale") this.#stale(question, answer, outcome.theirs, now);
    else if (outcome.kind === "locked" || same(sent.content, this.drafts.get(question).content)) answer.problem = outcome;
    else this.#more(question, answer, now);
  }

  keepMine(question, now) {
    const answer = this.answers.get(question);
    const { theirs } = answer.problem;
    answer.problem = null;
    answer.version = theirs.version;
    answer.saved = theirs.content;
    this.change(question, this.drafts.get(question).content, now);
  }

  // Returns the content that the page should now show. Mine is sent as set aside, and is unsent until that is acknowledged.
  // Without a place for what is set aside, mine becomes a version and theirs the next one, so that the history has both.
  keepTheirs(question, now, { aside = true } = {}) {
    const answer = this.answers.get(question);
    const { theirs } = answer.problem;
    const mine = { content: this.drafts.get(question).content, baseVersion: answer.version, saveId: this.newId() };
    this.#forget(question, answer);
    answer.problem = null;
    answer.version = theirs.version;
    answer.saved = theirs.content;
    answer.message = aside ? { question, ...mine, gaveWayTo: theirs.version } : { question, ...mine, baseVersion: theirs.version };
    answer.retryAt = now;
    this.#keep(question, answer, theirs.content);
    return theirs.content;
  }

  nextDue() {
    if (this.signedOut) return null;
    const times = [...this.answers.values()].map(dueTime).filter((time) => time !== null);
    return times.length ? Math.min(...times) : null;
  }

  version(question) {
    return this.answers.get(question).version;
  }

  saved(question) {
    return this.answers.get(question).saved;
  }

  problem(question) {
    return this.answers.get(question).problem;
  }

  state() {
    const answers = [...this.answers.entries()];
    return {
      unsent: this.drafts.size,
      sending: answers.some(([, answer]) => answer.flying),
      failing: answers.some(([, answer]) => answer.failures > 0),
      problems: answers.filter(([, answer]) => answer.problem).map(([question, answer]) => ({ question, ...answer.problem })),
      lastSaved: this.lastSaved,
      backAgain: this.backAgain,
      signedOut: this.signedOut,
    };
  }

  #compose(question, answer) {
    const { content } = this.drafts.get(question);
    answer.message = { question, content, baseVersion: answer.version, saveId: this.newId() };
    answer.due = null;
    answer.typingSince = null;
    this.#keep(question, answer, content);
  }

  #saved(question, answer, { version, at, content }, now) {
    answer.version = version;
    answer.saved = content;
    this.lastSaved = at;
    if (same(this.drafts.get(question).content, content)) this.#forget(question, answer);
    else this.#more(question, answer, now);
  }

  // Where it is not taken, its text stays to be copied.
  #gaveWay(question, answer, outcome, now) {
    if (outcome.kind !== "saved") {
      answer.problem = outcome;
      return;
    }
    this.#saved(question, answer, { version: answer.version, at: outcome.at, content: answer.saved }, now);
  }

  #stale(question, answer, theirs, now) {
    if (same(theirs.content, this.drafts.get(question).content)) this.#saved(question, answer, theirs, now);
    else answer.problem = { kind: "stale", theirs, base: answer.saved };
  }

  // One answer of the server, whatever it says, ends the outage for all.
  #connected(now) {
    for (const answer of this.answers.values()) {
      if (answer.failures > 0) this.backAgain = true;
      answer.failures = 0;
      if (answer.retryAt !== null) answer.retryAt = now;
    }
  }

  #more(question, answer, now) {
    answer.due ??= now;
    this.#keep(question, answer, this.drafts.get(question).content);
  }

  #keep(question, answer, content) {
    this.drafts.set(question, { content, version: answer.version, message: answer.message });
  }

  #forget(question, answer) {
    this.drafts.delete(question);
    answer.due = null;
    answer.typingSince = null;
  }
}

function dueTime(answer) {
  if (answer.flying || answer.problem) return null;
  return answer.message ? answer.retryAt : answer.due;
}

export function isAside(message) {
  return message.gaveWayTo !== undefined;
}

export function same(one, other) {
  return Object.keys({ ...one, ...other }).every((part) => lines(one[part] ?? "") === lines(other[part] ?? ""));
}

// A form that was posted whole has Windows line ends, a textarea read by a script has not.
function lines(text) {
  return text.replaceAll("\r\n", "\n");
}
