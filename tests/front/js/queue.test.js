import assert from "node:assert/strict";
import { test } from "node:test";

import { LONGEST_RETRY, SaveQueue, TYPING_LIMIT, TYPING_PAUSE } from "../../../static/js/case_read/queue.js";

const EMPTY = { value: "", na_reason: "", evidence: "" };
const YES = { ...EMPTY, value: "yes" };
const NO = { ...EMPTY, value: "no" };

function wrote(evidence, value = "yes") {
  return { ...EMPTY, value, evidence };
}

function opened(questions = ["2.1.1a"]) {
  let made = 0;
  const queue = new SaveQueue({ newId: () => `id-${(made += 1)}` });
  for (const question of questions) queue.open(question, { version: 3, content: EMPTY });
  return queue;
}

function saved(version, at = "10:42am") {
  return { kind: "saved", version, at };
}

function stale(content, version = 9) {
  return { kind: "stale", theirs: { content, version, by: "Rhian Pugh", at: "10:40am" } };
}

function contents(messages) {
  return messages.map((message) => message.content);
}

test("an untouched page sends nothing", () => {
  const queue = opened();
  assert.deepEqual(queue.take(0), []);
  assert.equal(queue.nextDue(), null);
  assert.equal(queue.state().unsent, 0);
});

test("a choice is sent at once with the version that it is based on", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 50);
  assert.deepEqual(queue.take(50), [
    { question: "2.1.1a", content: YES, baseVersion: 3, saveId: "id-1", attempt: 1 },
  ]);
});

test("text waits for a pause in typing", () => {
  const queue = opened();
  queue.change("2.1.1a", wrote("a"), 0, { typing: true });
  queue.change("2.1.1a", wrote("ab"), 1500, { typing: true });
  assert.deepEqual(queue.take(1500 + TYPING_PAUSE - 1), []);
  assert.deepEqual(contents(queue.take(1500 + TYPING_PAUSE)), [wrote("ab")]);
});

test("typing without a pause is sent every ten seconds", () => {
  const queue = opened();
  for (let time = 0; time <= TYPING_LIMIT; time += 500) queue.change("2.1.1a", wrote("x".repeat(time)), time, { typing: true });
  assert.equal(queue.nextDue(), TYPING_LIMIT);
  assert.deepEqual(contents(queue.take(TYPING_LIMIT)), [wrote("x".repeat(TYPING_LIMIT))]);
});

test("leaving the field sends what waits for a pause", () => {
  const queue = opened();
  queue.change("2.1.1a", wrote("a"), 0, { typing: true });
  queue.hurry("2.1.1a", 10);
  assert.equal(queue.take(10).length, 1);
});

test("leaving an untouched field sends nothing", () => {
  const queue = opened();
  queue.hurry("2.1.1a", 10);
  assert.deepEqual(queue.take(10), []);
});

test("a receipt makes the answer saved and raises its version", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.settle("2.1.1a", saved(4), 80);
  assert.deepEqual(queue.state(), { unsent: 0, sending: false, failing: false, problems: [], lastSaved: "10:42am", backAgain: false, signedOut: null });
  assert.equal(queue.version("2.1.1a"), 4);
});

test("only one save of an answer is in flight, and the newest content follows it", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.change("2.1.1a", NO, 10);
  queue.change("2.1.1a", wrote("why", "no"), 20);
  assert.deepEqual(queue.take(1000), []);
  queue.settle("2.1.1a", saved(4), 1100);
  assert.equal(queue.state().unsent, 1);
  assert.deepEqual(queue.take(1100), [
    { question: "2.1.1a", content: wrote("why", "no"), baseVersion: 4, saveId: "id-2", attempt: 1 },
  ]);
});

test("going back to the old answer while a save is in flight is sent after it", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.change("2.1.1a", EMPTY, 10);
  queue.settle("2.1.1a", saved(4), 20);
  assert.deepEqual(contents(queue.take(20)), [EMPTY]);
});

test("going back to the saved answer before anything was sent leaves nothing to send", () => {
  const queue = opened();
  queue.change("2.1.1a", wrote("a"), 0, { typing: true });
  queue.change("2.1.1a", EMPTY, 100, { typing: true });
  assert.deepEqual(queue.take(60_000), []);
  assert.equal(queue.state().unsent, 0);
});

test("an answer is being sent until its reply is in", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  assert.equal(queue.state().sending, false);
  queue.take(0);
  assert.equal(queue.state().sending, true);
  queue.settle("2.1.1a", { kind: "failed" }, 1);
  assert.equal(queue.state().sending, false);
});

test("two answers are sent side by side", () => {
  const queue = opened(["2.1.1a", "2.1.1b"]);
  queue.change("2.1.1a", YES, 0);
  queue.change("2.1.1b", NO, 0);
  assert.deepEqual(queue.take(0).map((message) => message.question), ["2.1.1a", "2.1.1b"]);
});

test("a failed save is repeated as it was, under its own id, before newer content", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  const [first] = queue.take(0);
  queue.settle("2.1.1a", { kind: "failed" }, 100);
  queue.change("2.1.1a", wrote("more"), 200);
  const [again] = queue.take(1100);
  assert.deepEqual(again, { ...first, attempt: 2 });
  queue.settle("2.1.1a", saved(4), 1200);
  assert.deepEqual(queue.take(1200), [
    { question: "2.1.1a", content: wrote("more"), baseVersion: 4, saveId: "id-2", attempt: 1 },
  ]);
});

test("the waits between attempts double up to five minutes", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  let now = 0;
  const waits = [];
  for (let attempt = 0; attempt < 11; attempt += 1) {
    queue.take(now);
    queue.settle("2.1.1a", { kind: "failed" }, now);
    waits.push(queue.nextDue() - now);
    now = queue.nextDue();
  }
  assert.deepEqual(waits, [1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 128e3, 256e3, LONGEST_RETRY, LONGEST_RETRY]);
  assert.equal(LONGEST_RETRY, 5 * 60 * 1000);
});

test("typing on during an outage does not shorten the waits", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  for (const now of [0, 1000, 3000]) {
    queue.take(now);
    queue.settle("2.1.1a", { kind: "failed" }, now);
  }
  queue.change("2.1.1a", NO, 3100);
  assert.equal(queue.nextDue(), 7000);
});

test("send now sends everything that waits", () => {
  const queue = opened(["2.1.1a", "2.1.1b"]);
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.settle("2.1.1a", { kind: "failed" }, 0);
  queue.change("2.1.1b", wrote("b"), 10, { typing: true });
  queue.hurryAll(20);
  assert.equal(queue.take(20).length, 2);
});

test("one receipt after an outage hurries the rest and says that the connection is back", () => {
  const queue = opened(["2.1.1a", "2.1.1b"]);
  queue.change("2.1.1a", YES, 0);
  queue.change("2.1.1b", NO, 0);
  queue.take(0);
  queue.settle("2.1.1a", { kind: "failed" }, 5);
  queue.settle("2.1.1b", { kind: "failed" }, 9);
  assert.deepEqual(queue.state(), { unsent: 2, sending: false, failing: true, problems: [], lastSaved: null, backAgain: false, signedOut: null });
  queue.take(1005);
  queue.settle("2.1.1a", saved(4, "10:51am"), 1006);
  assert.deepEqual(contents(queue.take(1006)), [NO]);
  queue.settle("2.1.1b", saved(4, "10:51am"), 1007);
  assert.deepEqual(queue.state(), { unsent: 0, sending: false, failing: false, problems: [], lastSaved: "10:51am", backAgain: true, signedOut: null });
});

test("the next change ends the news that the connection is back", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.settle("2.1.1a", { kind: "failed" }, 5);
  queue.take(1005);
  queue.settle("2.1.1a", saved(4), 1006);
  queue.change("2.1.1a", NO, 2000);
  assert.equal(queue.state().backAgain, false);
});

test("a stale save keeps both texts and sends nothing until one is chosen", () => {
  const queue = opened();
  queue.change("2.1.1a", wrote("mine"), 0);
  queue.take(0);
  queue.settle("2.1.1a", stale(wrote("theirs")), 10);
  queue.change("2.1.1a", wrote("mine, longer"), 20);
  assert.deepEqual(queue.take(60_000), []);
  assert.deepEqual(queue.drafts.get("2.1.1a").content, wrote("mine, longer"));
  assert.deepEqual(queue.problem("2.1.1a").theirs.content, wrote("theirs"));
  assert.equal(queue.state().unsent, 1);
});

test("use mine saves my newest text on top of theirs under a new id", () => {
  const queue = opened();
  queue.change("2.1.1a", wrote("mine"), 0);
  queue.take(0);
  queue.settle("2.1.1a", stale(wrote("theirs")), 10);
  queue.change("2.1.1a", wrote("mine, longer"), 20);
  queue.keepMine("2.1.1a", 30);
  assert.deepEqual(queue.take(30), [
    { question: "2.1.1a", content: wrote("mine, longer"), baseVersion: 9, saveId: "id-2", attempt: 1 },
  ]);
});

function gaveWay() {
  const queue = opened();
  queue.change("2.1.1a", wrote("mine"), 0);
  queue.take(0);
  queue.settle("2.1.1a", stale(wrote("theirs")), 10);
  assert.deepEqual(queue.keepTheirs("2.1.1a", 20), wrote("theirs"));
  return queue;
}

const ASIDE = { question: "2.1.1a", content: wrote("mine"), baseVersion: 3, saveId: "id-2", gaveWayTo: 9 };

test("use theirs shows their text and sends mine to be set aside", () => {
  const queue = gaveWay();
  assert.equal(queue.version("2.1.1a"), 9);
  assert.equal(queue.state().unsent, 1);
  assert.deepEqual(queue.take(20), [{ ...ASIDE, attempt: 1 }]);
  queue.settle("2.1.1a", saved(9, "10:43am"), 30);
  assert.deepEqual([queue.version("2.1.1a"), queue.state().unsent, queue.state().lastSaved], [9, 0, "10:43am"]);
  assert.deepEqual(queue.take(60_000), []);
});

test("without a place to set it aside, mine is saved over theirs and theirs again over mine", () => {
  const queue = opened();
  queue.change("2.1.1a", wrote("mine"), 0);
  queue.take(0);
  queue.settle("2.1.1a", stale(wrote("theirs")), 10);
  assert.deepEqual(queue.keepTheirs("2.1.1a", 20, { aside: false }), wrote("theirs"));
  const [mine] = queue.take(20);
  assert.deepEqual([mine.content, mine.baseVersion, mine.gaveWayTo], [wrote("mine"), 9, undefined]);
  queue.settle("2.1.1a", saved(10), 30);
  const [theirs] = queue.take(30);
  assert.deepEqual([theirs.content, theirs.baseVersion], [wrote("theirs"), 10]);
  queue.settle("2.1.1a", saved(11), 40);
  assert.equal(queue.state().unsent, 0);
});

test("what is set aside is repeated under its id until it is acknowledged", () => {
  const queue = gaveWay();
  queue.take(20);
  queue.settle("2.1.1a", { kind: "failed" }, 30);
  queue.take(1_030);
  queue.settle("2.1.1a", { kind: "signed-out", message: "Sign in" }, 1_040);
  assert.deepEqual([queue.take(99_000), queue.state().unsent], [[], 1]);
  queue.resume(99_000);
  assert.deepEqual(queue.take(99_000), [{ ...ASIDE, attempt: 2 }]);
});

test("what is typed meanwhile waits for it and is based on theirs", () => {
  const queue = gaveWay();
  queue.take(20);
  queue.change("2.1.1a", wrote("theirs and more"), 25);
  assert.deepEqual(queue.take(25), []);
  queue.settle("2.1.1a", saved(9), 30);
  assert.deepEqual(queue.take(30), [
    { question: "2.1.1a", content: wrote("theirs and more"), baseVersion: 9, saveId: "id-3", attempt: 1 },
  ]);
  queue.settle("2.1.1a", saved(10), 40);
  assert.equal(queue.state().unsent, 0);
});

test("what is set aside travels in the draft, and a page that opens again goes on sending it", () => {
  const drafts = new Map();
  const queue = new SaveQueue({ newId: () => "id", drafts });
  queue.open("2.1.1a", { version: 3, content: EMPTY });
  queue.change("2.1.1a", wrote("mine"), 0);
  queue.take(0);
  queue.settle("2.1.1a", stale(wrote("theirs")), 10);
  queue.keepTheirs("2.1.1a", 20);
  queue.change("2.1.1a", wrote("theirs and more"), 25, { typing: true });
  const again = new SaveQueue({ newId: () => "id", drafts });
  again.open("2.1.1a", { version: 9, content: wrote("theirs") });
  again.restore("2.1.1a", drafts.get("2.1.1a"), 0);
  assert.deepEqual(again.take(0), [{ ...ASIDE, saveId: "id", attempt: 1 }]);
  assert.equal(again.state().unsent, 1);
});

test("what is not taken any more stays to be copied", () => {
  const queue = gaveWay();
  queue.take(20);
  queue.settle("2.1.1a", { kind: "locked", message: "Given to Sam" }, 30);
  assert.deepEqual(queue.state().problems, [{ question: "2.1.1a", kind: "locked", message: "Given to Sam", content: wrote("mine") }]);
});

test("a stale save of the same text is no conflict", () => {
  const queue = opened();
  queue.change("2.1.1a", wrote("one\ntwo"), 0);
  queue.take(0);
  queue.settle("2.1.1a", stale(wrote("one\r\ntwo")), 10);
  assert.deepEqual(queue.state(), { unsent: 0, sending: false, failing: false, problems: [], lastSaved: "10:40am", backAgain: false, signedOut: null });
  assert.equal(queue.version("2.1.1a"), 9);
});

test("a stale answer does not hold up the others", () => {
  const queue = opened(["2.1.1a", "2.1.1b"]);
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.settle("2.1.1a", stale(NO), 10);
  queue.change("2.1.1b", YES, 20);
  assert.deepEqual(queue.take(20).map((message) => message.question), ["2.1.1b"]);
});

test("a refused answer waits until it is changed", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.settle("2.1.1a", { kind: "refused", message: "Say why" }, 10);
  assert.deepEqual(queue.take(60_000), []);
  assert.deepEqual(queue.state().problems, [{ question: "2.1.1a", kind: "refused", message: "Say why" }]);
  queue.change("2.1.1a", wrote("because"), 70_000);
  assert.deepEqual(contents(queue.take(70_000)), [wrote("because")]);
});

test("a refusal of what has been changed since is not shown", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.change("2.1.1a", wrote("because"), 5);
  queue.settle("2.1.1a", { kind: "refused", message: "Say why" }, 10);
  assert.equal(queue.problem("2.1.1a"), null);
  assert.deepEqual(contents(queue.take(10)), [wrote("because")]);
});

test("a locked answer keeps its text and is never sent again", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.settle("2.1.1a", { kind: "locked", message: "Sent by Sam" }, 10);
  queue.change("2.1.1a", wrote("still here"), 20);
  queue.hurryAll(30);
  assert.deepEqual(queue.take(60_000), []);
  assert.deepEqual(queue.drafts.get("2.1.1a").content, wrote("still here"));
});

test("unsent content lives in the drafts that were handed in", () => {
  const drafts = new Map();
  const queue = new SaveQueue({ newId: () => "id", drafts });
  queue.open("V1.1", { version: 0, content: EMPTY });
  queue.change("V1.1", YES, 0);
  assert.deepEqual([...drafts], [["V1.1", { content: YES, version: 0, message: null }]]);
  queue.take(0);
  const message = { question: "V1.1", content: YES, baseVersion: 0, saveId: "id" };
  assert.deepEqual([...drafts], [["V1.1", { content: YES, version: 0, message }]]);
  queue.settle("V1.1", saved(1), 10);
  assert.deepEqual([...drafts], []);
});

test("whoever signs in again sends everything, what was on its way under its own id", () => {
  const queue = opened(["2.1.1a", "2.1.1b"]);
  queue.change("2.1.1a", wrote("a"), 0);
  const [first] = queue.take(0);
  queue.settle("2.1.1a", { kind: "signed-out", message: "Sign in" }, 1);
  queue.change("2.1.1b", YES, 2);
  assert.deepEqual([queue.take(9), queue.nextDue(), queue.state().unsent, queue.state().signedOut], [[], null, 2, "Sign in"]);
  assert.equal(queue.problem("2.1.1a"), null);
  queue.resume(10);
  const [again, other] = queue.take(10);
  assert.deepEqual([again, other.content], [first, YES]);
});

test("what is typed while a save is on its way is kept with what it will be based on", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  const [{ attempt, ...message }] = queue.take(0);
  queue.change("2.1.1a", NO, 10);
  assert.deepEqual([attempt, queue.drafts.get("2.1.1a")], [1, { content: NO, version: 3, message }]);
  queue.settle("2.1.1a", saved(4), 20);
  assert.deepEqual(queue.drafts.get("2.1.1a"), { content: NO, version: 4, message: null });
});

test("after a crash what was on its way is repeated under its own id, and what was typed since follows it", () => {
  const before = opened();
  before.change("2.1.1a", YES, 0);
  const [first] = before.take(0);
  before.change("2.1.1a", NO, 10);
  const queue = opened();
  queue.restore("2.1.1a", before.drafts.get("2.1.1a"), 0);
  assert.deepEqual(queue.take(0), [first]);
  queue.settle("2.1.1a", saved(4), 5);
  assert.deepEqual(queue.take(5), [{ question: "2.1.1a", content: NO, baseVersion: 4, saveId: "id-1", attempt: 1 }]);
});

test("a draft that had not been sent is sent with the version that it was based on", () => {
  const queue = new SaveQueue({ newId: () => "id" });
  queue.open("2.1.1a", { version: 5, content: NO });
  queue.restore("2.1.1a", { content: YES, version: 3, message: null }, 0);
  assert.deepEqual(queue.take(0), [{ question: "2.1.1a", content: YES, baseVersion: 3, saveId: "id", attempt: 1 }]);
});

test("a draft that the server has by now is forgotten", () => {
  const queue = new SaveQueue({ newId: () => "id" });
  queue.open("2.1.1a", { version: 5, content: YES });
  queue.restore("2.1.1a", { content: YES, version: 3, message: null }, 0);
  assert.deepEqual([queue.take(0), queue.state().unsent, queue.version("2.1.1a")], [[], 0, 5]);
});

test("a reply to what was removed meanwhile is no fault", () => {
  const queue = opened();
  queue.change("2.1.1a", YES, 0);
  queue.take(0);
  queue.drafts.clear();
  queue.settle("2.1.1a", saved(4), 5);
  assert.equal(queue.nextDue(), null);
});
