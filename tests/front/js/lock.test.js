import assert from "node:assert/strict";
import { test } from "node:test";

import { Keys, keysOf } from "../../../static/js/unsent/keys.js";
import { seal, unseal } from "../../../static/js/unsent/lock.js";
import { Vault } from "../../../static/js/unsent/vault.js";

const NOW = Date.UTC(2027, 5, 7);
const HOUR = 3_600_000;
const body = (id, byte) => ({
  keep: true,
  person: "7",
  now: NOW,
  keep_hours: 72,
  current: id,
  keys: { [id]: Buffer.alloc(32, byte).toString("base64") },
});
const mine = await keysOf(body("mine", 1), "7");
const another = await keysOf(body("another", 2), "7");

class Rows {
  constructor(...rows) {
    this.rows = rows;
  }

  async all() {
    return this.rows;
  }

  async remove(kind, ids) {
    this.rows = this.rows.filter(({ id }) => !ids.includes(id));
  }
}

test("words come out as they went in, and only with their own key, row and bytes", async () => {
  const row = await seal(mine, "row", { evidence: "Ŵy 🙂" });
  assert.deepEqual(await unseal(mine, row), { evidence: "Ŵy 🙂" });
  assert.equal(await unseal(another, row), null);
  assert.equal(await unseal(another, { ...row, keyId: "another" }), null);
  assert.equal(await unseal(mine, { ...row, id: "other row" }), null);
  new Uint8Array(row.data)[0] ^= 1;
  assert.equal(await unseal(mine, row), null);
});

test("a row says its id, its key and the server's time, and not a word", async () => {
  const row = await seal(mine, "row", { evidence: "Kanarienvogel", path: "/inspections/YI-27-001/" });
  assert.deepEqual(Object.keys(row), ["id", "keyId", "at", "iv", "data"]);
  assert.ok(row.at >= NOW && row.at < NOW + HOUR);
  assert.ok(!Buffer.from(row.data).toString("latin1").includes("Kanarienvogel"));
});

test("the same words are never locked into the same bytes", async () => {
  const [one, two] = [await seal(mine, "row", "x"), await seal(mine, "row", "x")];
  assert.notDeepEqual(Buffer.from(one.data), Buffer.from(two.data));
});

test("the computer's own clock is not asked", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.UTC(2037, 0) });
  const row = await seal(mine, "row", "x");
  assert.deepEqual([row.at < NOW + HOUR, mine.isOver(row)], [true, false]);
});

test("keys of somebody else are not taken, and a refusal to keep anything is", async () => {
  assert.equal(await keysOf(body("mine", 1), "8"), null);
  assert.equal(await keysOf({ keep: false }, "7"), "never");
});

test("keys can be handed on", async () => {
  const handed = new Keys(structuredClone(mine.handed()));
  assert.equal(await unseal(handed, await seal(mine, "row", "x")), "x");
});

test("each person is given their own rows, the oldest first, and after 72 hours nobody", async () => {
  const at = async (hours, keys, id) => ({ ...(await seal(keys, id, id)), at: NOW - hours * HOUR });
  const rows = new Rows(await at(1, mine, "new"), await at(71, mine, "old"), await at(73, mine, "over"), await at(2, another, "theirs"), await at(73, another, "their old"));
  const vault = new Vault(rows, mine);
  assert.deepEqual((await vault.mine("drafts")).map(({ words }) => words), ["old", "new"]);
  assert.equal(await vault.others(), 1);
  assert.deepEqual(rows.rows.map(({ id }) => id), ["new", "old", "theirs"]);
});
