import assert from "node:assert/strict";
import { test } from "node:test";

import { timeWords } from "../../../static/js/interview/words.js";

const START = new Date("2027-06-08T14:00:00Z");
const END = new Date("2027-06-08T15:30:00Z");
const at = (minutes, seconds = 0) => new Date(START.getTime() + minutes * 60_000 + seconds * 1000);

for (const [moment, words] of [
  [at(0), "0 minutes so far, 90 minutes left."],
  [at(1, 30), "1 minute so far, 89 minutes left."],
  [at(89), "89 minutes so far, 1 minute left."],
  [at(90), "90 minutes so far, 0 minutes left."],
  [at(91), "91 minutes so far, over its time by 1 minute."],
  [at(-5), "0 minutes so far, 95 minutes left."], // a computer whose clock is slow
]) {
  test(words, () => assert.equal(timeWords(START, END, moment), words));
}
