import assert from "node:assert/strict";
import { test } from "node:test";

import { againstPrompts } from "../../../static/js/case_read/prompts.js";

const LETTERS = { y: "yes", n: "no", a: "na", "-": "" };

function against(judged, prompts) {
  return againstPrompts(judged, [...prompts].map((letter) => LETTERS[letter]));
}

// The same as in tests/cases/test_rules_checking.py.
test("a judgement against most of its prompts is asked why", () => {
  assert.deepEqual(against("no", "yyy"), { count: 3, of: 3 });
  assert.deepEqual(against("no", "yyn"), { count: 2, of: 3 });
  assert.deepEqual(against("yes", "nny"), { count: 2, of: 3 });
  assert.deepEqual(against("yes", "nnna-"), { count: 3, of: 3 });
});

test("any other judgement is not", () => {
  const others = [["no", "nnny"], ["yes", "yyyn"], ["no", "yynn"], ["no", "yy"], ["no", "yyaa-"], ["na", "yyyy"], ["", "nnnn"], ["no", ""]];
  for (const [judged, prompts] of others) assert.equal(against(judged, prompts), null);
});
