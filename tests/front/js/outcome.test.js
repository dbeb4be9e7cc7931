import assert from "node:assert/strict";
import { test } from "node:test";

import { fromBytes, newId } from "../../../static/js/case_read/identifier.js";
import { outcomeOf } from "../../../static/js/case_read/outcome.js";

const RECEIPT = { status: "saved", question: "2.1.1a", version: 4, saved_at: "10:42am" };
const THEIRS = { value: "no", na_reason: "", evidence: "x", version: 5, by: "Rhian Pugh", at: "10:40am" };
const SIGN_IN = "Sign in again to save your work. Nothing you typed has been lost";
const CLOSED = "You can no longer change this case. Your unsent text is below so you can copy it";
const FAILED = { kind: "failed" };

const CASES = [
  ["a receipt", { status: 200, body: RECEIPT }, { kind: "saved", version: 4, at: "10:42am", warnings: [] }],
  ["a page instead of a receipt", { status: 200, body: null }, FAILED],
  ["a receipt for another question", { status: 200, body: { ...RECEIPT, question: "2.1.1b" } }, FAILED],
  ["a receipt without a version", { status: 200, body: { ...RECEIPT, version: undefined } }, FAILED],
  ["another success", { status: 204, body: null }, FAILED],
  ["nothing came back", { status: 0, body: null }, FAILED],
  ["a fault", { status: 500, body: null }, FAILED],
  ["a busy server", { status: 503, body: null }, FAILED],
  ["too many at once", { status: 429, body: null }, FAILED],
  ["sent to sign in", { status: 0, redirected: true, body: null }, { kind: "signed-out", message: SIGN_IN }],
  ["signed out", { status: 401, body: null }, { kind: "signed-out", message: SIGN_IN }],
  ["an old token", { status: 403, body: { status: "token" } }, { kind: "signed-out", message: SIGN_IN }],
  ["closed", { status: 403, body: { status: "closed", message: "Sent" } }, { kind: "locked", message: "Sent" }],
  ["a case taken away", { status: 404, body: null }, { kind: "locked", message: CLOSED }],
  ["a case given to another", { status: 404, body: { message: "Given to Sam" } }, { kind: "locked", message: "Given to Sam" }],
  ["refused", { status: 422, body: { status: "refused", message: "Say why" } }, { kind: "refused", message: "Say why" }],
  [
    "a save that the server could not read",
    { status: 400, body: null },
    { kind: "refused", message: "This was not accepted. Copy your text and tell the lead inspector" },
  ],
  [
    "stale",
    { status: 409, body: { status: "stale", question: "2.1.1a", theirs: THEIRS } },
    {
      kind: "stale",
      theirs: { content: { value: "no", na_reason: "", evidence: "x" }, version: 5, by: "Rhian Pugh", at: "10:40am" },
    },
  ],
  [
    "stale against an answer that was cleared",
    { status: 409, body: { status: "stale", theirs: { ...THEIRS, value: null, evidence: null } } },
    {
      kind: "stale",
      theirs: { content: { value: "", na_reason: "", evidence: "" }, version: 5, by: "Rhian Pugh", at: "10:40am" },
    },
  ],
];
for (const [name, reply, outcome] of CASES) {
  test(`reply: ${name}`, () => assert.deepEqual(outcomeOf(reply, "2.1.1a"), outcome));
}

test("an identifier is a version 4 UUID with or without the browser's own maker", () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newId(), shape);
  assert.equal(fromBytes(new Uint8Array(16).fill(255)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
});
