import assert from "node:assert/strict";
import { test } from "node:test";

import { added, sides } from "../../../static/js/case_read/marks.js";

function marked(base, text) {
  return added(base, text)
    .map((run) => (run.added ? `[${run.text}]` : run.text))
    .join("");
}

// tests/cases/test_rules_marks.py compares many more with the server's own.
test("what was added is marked word by word", () => {
  assert.equal(marked("Seen on Monday.", "Seen again on Monday. Well."), "Seen[ again] on Monday.[ Well.]");
  assert.equal(marked("", ""), "");
});

test("short texts bear no marks", () => {
  assert.deepEqual(sides("Base", "Mine", "Theirs"), [[{ added: false, text: "Mine" }], [{ added: false, text: "Theirs" }]]);
});

test("long texts are compared with what both began from, or with each other", () => {
  const base = "word ".repeat(120);
  const marks = (runs) => runs.filter((run) => run.added).map((run) => run.text);
  assert.deepEqual(sides(base, `${base}mine`, `${base}theirs`).map(marks), [[" mine"], [" theirs"]]);
  assert.deepEqual(sides("", `${base}mine`, base).map(marks), [[" mine"], []]);
});

test("the longest evidence is compared at once", () => {
  const text = (seed) => Array.from({ length: 20_000 }, (_, index) => `w${(index * seed) % 997}`).join(" ");
  const begun = performance.now();
  added(text(7), text(11));
  assert.ok(performance.now() - begun < 2_000);
});
