import assert from "node:assert/strict";
import { test } from "node:test";

import { Speaker, problemText, saveLine } from "../../../static/js/case_read/words.js";

const QUIET = { unsent: 0, failing: false, problems: [], lastSaved: null, backAgain: false };
const SAVED = { ...QUIET, lastSaved: "10:43am" };
const SENDING = { ...QUIET, unsent: 1 };
const OFFLINE = { ...QUIET, unsent: 2, failing: true };
const BACK = { ...QUIET, lastSaved: "10:51am", backAgain: true };
const THEIRS = { by: "Rhian Pugh", at: "10:42am" };
const CONFLICT = { question: "2.1.1a", kind: "stale", theirs: THEIRS };

const LINES = [
  ["nothing changed leaves the line as the server drew it", QUIET, { tone: "untouched", text: null }],
  ["sending", SENDING, { tone: "sending", text: "Saving…" }],
  ["typed but not yet sent is never called saved", { ...SAVED, unsent: 1 }, { tone: "sending", text: "Saving…" }],
  ["saved", SAVED, { tone: "saved", text: "All answers saved, 10:43am" }],
  [
    "not reached the server",
    OFFLINE,
    { tone: "waiting", text: "Not saved yet: 2 answers. We'll keep trying. Keep this page open." },
  ],
  [
    "one answer not sent",
    { ...OFFLINE, unsent: 1 },
    { tone: "waiting", text: "Not saved yet: 1 answer. We'll keep trying. Keep this page open." },
  ],
  ["notes are called notes", { ...SAVED, thing: "note" }, { tone: "saved", text: "All notes saved, 10:43am" }],
  [
    "one note not sent",
    { ...OFFLINE, unsent: 1, thing: "note" },
    { tone: "waiting", text: "Not saved yet: 1 note. We'll keep trying. Keep this page open." },
  ],
  ["back", BACK, { tone: "saved", text: "Connected again. All answers saved, 10:51am" }],
  [
    "an answer that a person has to deal with",
    { ...SAVED, unsent: 1, problems: [CONFLICT] },
    { tone: "waiting", text: "Not saved: 1 answer. Look for the box beside it." },
  ],
  [
    "a conflict during an outage",
    { ...OFFLINE, unsent: 3, problems: [CONFLICT, { question: "b", kind: "refused", message: "Say why" }] },
    {
      tone: "waiting",
      text: "Not saved: 2 answers. Look for the box beside each. Not saved yet: 1 answer. We'll keep trying. Keep this page open.",
    },
  ],
];
for (const [name, state, line] of LINES) test(`save line: ${name}`, () => assert.deepEqual(saveLine(state), line));

function heard(...states) {
  const speaker = new Speaker();
  return states.map((state) => speaker.hear(state));
}

test("saved is spoken once a visit, saving never", () => {
  assert.deepEqual(heard(QUIET, SENDING, SAVED, SENDING, { ...SAVED, lastSaved: "10:44am" }), [
    {},
    {},
    { status: "All answers saved, 10:43am" },
    {},
    {},
  ]);
});

test("an outage is spoken once when it begins and once when it ends", () => {
  const alert = { alert: "Not saved yet: 2 answers. We'll keep trying. Keep this page open." };
  const back = { status: "Connected again. All answers saved, 10:51am" };
  assert.deepEqual(heard(SAVED, OFFLINE, { ...OFFLINE, unsent: 3 }, BACK, BACK).slice(1), [alert, {}, back, {}]);
});

test("a second outage is news again", () => {
  const spoken = heard(OFFLINE, BACK, OFFLINE, BACK).map((words) => Object.keys(words)[0]);
  assert.deepEqual(spoken, ["alert", "status", "alert", "status"]);
});

test("a conflict is spoken with its question, once", () => {
  const state = { ...SAVED, unsent: 1, problems: [CONFLICT] };
  const alert = "2.1.1a: Rhian Pugh changed this answer at 10:42am. Choose which to keep";
  assert.deepEqual(heard(state, state), [{ alert }, {}]);
});

test("a conflict says who and when, other problems say what the server said", () => {
  assert.equal(problemText(CONFLICT), "Rhian Pugh changed this answer at 10:42am. Choose which to keep");
  assert.equal(problemText({ kind: "refused", message: "Say why" }), "Say why");
});

test("a note that changed elsewhere is called a note", () => {
  assert.equal(problemText({ ...CONFLICT, thing: "note" }), "Rhian Pugh changed this note at 10:42am. Choose which to keep");
});
