import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts, WRITE_WITHIN } from "../../../static/js/unsent/drafts.js";

// Notes what is written, and when the drafts ask to be woken.
function opened() {
  const [written, pauses, troubles] = [[], [], []];
  let made = 0;
  const drafts = new Drafts({
    newId: () => `row-${(made += 1)}`,
    later: (work, pause) => pauses.push({ work, pause }),
    onTrouble: (error) => troubles.push(error.message),
  });
  const vault = {
    put: async (kind, id, words) => written.push(["put", id, words.question, words.content]),
    remove: async (kind, id) => written.push(["remove", id]),
  };
  return { drafts, vault, written, pauses, troubles };
}

const about = () => ({ path: "/here/" });
const typed = (content) => ({ content, version: 3, message: null });

test("what was typed before the key came is written when it comes", async () => {
  const { drafts, vault, written } = opened();
  drafts.set("a", typed("one"));
  await drafts.flush();
  assert.deepEqual(written, []);
  await drafts.keepIn(vault, about);
  assert.deepEqual(written, [["put", "row-1", "a", "one"]]);
});

test("many key presses are one write, within half a second", async () => {
  const { drafts, vault, written, pauses } = opened();
  await drafts.keepIn(vault, about);
  for (const content of ["o", "on", "one"]) drafts.set("a", typed(content));
  assert.deepEqual(pauses.map(({ pause }) => pause), [WRITE_WITHIN]);
  assert.ok(WRITE_WITHIN < 500);
  await pauses[0].work();
  assert.deepEqual(written, [["put", "row-1", "a", "one"]]);
});

test("a message is written at once, and typing on after it waits again", async () => {
  const { drafts, vault, written, pauses } = opened();
  await drafts.keepIn(vault, about);
  const message = { saveId: "id" };
  drafts.set("a", { ...typed("one"), message });
  await drafts.flush();
  drafts.set("a", { ...typed("one more"), message });
  assert.deepEqual([written.length, pauses.length], [1, 1]);
});

test("what is acknowledged is removed, also when it was never written", async () => {
  const { drafts, vault, written } = opened();
  await drafts.keepIn(vault, about);
  drafts.set("a", typed("one"));
  await drafts.flush();
  drafts.delete("a");
  drafts.set("b", typed("two"));
  drafts.delete("b");
  await drafts.flush();
  assert.deepEqual(written, [["put", "row-1", "a", "one"], ["remove", "row-1"]]);
});

test("a row of an earlier page is written on, and removed even if the server had it already", async () => {
  const { drafts, vault, written } = opened();
  drafts.adopt("a", "old-1");
  drafts.adopt("b", "old-2");
  await drafts.keepIn(vault, about);
  drafts.set("a", typed("one"));
  drafts.delete("b");
  await drafts.flush();
  assert.deepEqual(written, [["put", "old-1", "a", "one"], ["remove", "old-2"]]);
});

test("a disk that takes nothing is said, and the answers stay in the page", async () => {
  const { drafts, troubles } = opened();
  const full = { put: async () => { throw new Error("full"); } };
  drafts.set("a", typed("one"));
  await drafts.keepIn(full, about);
  assert.deepEqual([troubles, drafts.get("a").content], [["full"], "one"]);
});
