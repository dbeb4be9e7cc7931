import assert from "node:assert/strict";
import { test } from "node:test";

import { clockTime, note, replyOf } from "../../../static/js/live/words.js";

const CLOCK = [
  ["2027-01-05T00:05:00Z", "12:05am"],
  ["2027-01-05T09:42:00Z", "9:42am"],
  ["2027-01-05T12:00:00Z", "12:00pm"],
  ["2027-07-05T22:59:00Z", "11:59pm"],
];
for (const [moment, text] of CLOCK) test(`${moment} is ${text} in London`, () => assert.equal(clockTime(new Date(moment)), text));

const REPLIES = [
  [{ status: 200 }, "fresh"],
  [{ status: 304 }, "unchanged"],
  [{ status: 0, type: "opaqueredirect" }, "closed"],
  [{ status: 404 }, "closed"],
  [{ status: 500 }, "unreachable"],
  [{ status: 503 }, "unreachable"],
];
for (const [response, reply] of REPLIES) {
  test(`a reply of ${response.status} is ${reply}`, () => assert.equal(replyOf(response), reply));
}

test("the note is there only while the figures are old", () => {
  const asAt = new Date("2027-01-05T10:42:00Z");
  assert.equal(note("unreachable", asAt), "Not connected, figures as at 10:42am");
  assert.equal(note("closed", asAt), "Figures as at 10:42am. Load the page again to see newer ones");
  assert.equal(note("fresh", asAt), "");
  assert.equal(note("unchanged", asAt), "");
});
