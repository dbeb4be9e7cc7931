import assert from "node:assert/strict";
import { test } from "node:test";

import { notConnected, staticFiles, titleOf, withMark } from "../../../static/js/unsent/pages.js";
import { byCase, leaving, left, stuck } from "../../../static/js/unsent/words.js";

function row(question, ref = "C-07", inspection = "YI-27-001") {
  return { words: { label: question, path: `/inspections/${inspection}/cases/${ref}/read/2.1/` } };
}

const TWO = [row("2.1.1a"), row("2.1.3")];

test("who signs out is told which answers would go", () => {
  const sentence = "2 answers for C-07 (2.1.1a, 2.1.3) have not been sent. If you sign out they are removed from this computer.";
  assert.equal(leaving(TWO, 0), sentence);
  assert.equal(
    leaving([TWO[0]], 0),
    "1 answer for C-07 (2.1.1a) has not been sent. If you sign out it is removed from this computer.",
  );
  assert.equal(
    leaving([...TWO, row("2.2.1", "C-08")], 0),
    "2 answers for C-07 (2.1.1a, 2.1.3) and 1 answer for C-08 (2.2.1) have not been sent. If you sign out they are removed from this computer.",
  );
});

test("of answers of somebody else only the number is told", () => {
  assert.equal(
    leaving([], 1),
    "1 answer or note of somebody else who used this computer has not been sent. If you sign out it is removed too.",
  );
});

test("cases of two inspections are told apart", () => {
  const rows = [row("2.1.1a"), row("2.1.1a", "C-07", "YI-27-002")];
  assert.deepEqual(byCase(rows).map(({ name }) => name), ["C-07 of YI-27-001", "C-07 of YI-27-002"]);
});

test("the day's page says what is left, and where it cannot be sent that it can be copied", () => {
  assert.deepEqual(left(TWO, "C-07"), { sentence: "2 answers for C-07 are still on this computer.", link: "Send them now" });
  assert.deepEqual(left([TWO[0]], "C-07"), { sentence: "1 answer for C-07 is still on this computer.", link: "Send it now" });
  assert.equal(stuck(TWO), "2 answers for C-07 could not be sent. Copy your text before you remove it");
});

const WORDS = '<!-- part open --><p>Go on</p><!-- links --><!-- end --><!-- part locked --><p>Locked</p><!-- end -->';

test("without a connection the way back is shown, or that everything is locked", () => {
  assert.equal(
    notConnected(WORDS, [{ path: "/a/", title: "2.1 &amp; more" }]),
    '<p>Go on</p><ul class="govuk-list"><li><a class="govuk-link" href="/a/">Go back to 2.1 &amp; more</a></li></ul>',
  );
  assert.equal(notConnected(WORDS, []), "<p>Locked</p>");
});

test("a kept page is marked, and tells its title and its files", () => {
  const html = '<html lang="en"><title>2.1 Assessing – Service</title><script src="/static/a.js"></script><link href="/static/a.css"><a href="/b/">';
  assert.ok(withMark(html).startsWith('<html data-kept-copy lang="en">'));
  assert.equal(titleOf(html), "2.1 Assessing");
  assert.deepEqual(staticFiles(html), ["/static/a.js", "/static/a.css"]);
});
