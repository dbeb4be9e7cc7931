// The store, opened with one person's keys.
import { seal, unseal } from "./lock.js";

export class Vault {
  constructor(store, keys) {
    this.store = store;
    this.keys = keys;
  }

  async put(kind, id, words) {
    await this.store.put(kind, await seal(this.keys, id, words));
  }

  remove(kind, ...ids) {
    return this.store.remove(kind, ids);
  }

  // This person's, oldest first, as [{id, at, words}]; rows of whomever that are over their time are removed.
  async mine(kind) {
    const rows = await this.#living(kind);
    const opened = await Promise.all(rows.map(async (row) => ({ id: row.id, at: row.at, words: await unseal(this.keys, row) })));
    return opened.filter(({ words }) => words).sort((one, other) => one.at - other.at);
  }

  // How many rows no key of this person opens.
  async others() {
    return (await this.#living("drafts")).filter((row) => !this.keys.key(row.keyId)).length;
  }

  async #living(kind) {
    const rows = await this.store.all(kind);
    const over = rows.filter((row) => this.keys.isOver(row));
    if (over.length) await this.store.remove(kind, over.map(({ id }) => id));
    return rows.filter((row) => !over.includes(row));
  }
}
