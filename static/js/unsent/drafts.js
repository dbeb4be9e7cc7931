// Unsent answers by question: a Map for the queue, whose entries are also kept on the computer once there is a vault.

export const WRITE_WITHIN = 250; // milliseconds after a key press

export class Drafts extends Map {
  constructor({ newId, later = (work, pause) => setTimeout(work, pause), onTrouble = () => {} }) {
    super();
    Object.assign(this, { newId, later, onTrouble });
    this.ids = new Map(); // question -> its row
    this.changed = new Set();
    this.vault = null;
    this.about = () => ({});
    this.waiting = false;
    this.writing = Promise.resolve();
  }

  set(question, draft) {
    const sent = draft.message && draft.message !== this.get(question)?.message;
    super.set(question, draft);
    return this.#note(question, sent ? 0 : WRITE_WITHIN);
  }

  delete(question) {
    const was = super.delete(question);
    if (was || this.ids.has(question)) this.#note(question, 0);
    return was;
  }

  clear() {
    for (const question of [...this.keys()]) this.delete(question);
  }

  // What was typed before the key came is written now. about(question): what its row says beside the draft.
  keepIn(vault, about) {
    this.vault = vault;
    this.about = about;
    return this.flush();
  }

  // The row is kept on for what the page now shows.
  adopt(question, id) {
    this.ids.set(question, id);
  }

  // Resolves when all that was noted so far lies on the computer.
  flush() {
    this.waiting = false;
    if (this.vault) this.writing = this.writing.then(() => this.#write()).catch(this.onTrouble);
    return this.writing;
  }

  #note(question, pause) {
    this.changed?.add(question);
    if (pause === 0) this.flush();
    else if (!this.waiting) {
      this.waiting = true;
      this.later(() => this.flush(), pause);
    }
    return this;
  }

  async #write() {
    for (const question of [...this.changed]) {
      this.changed.delete(question);
      if (this.has(question)) await this.vault.put("drafts", this.#id(question), { ...this.about(question), question, ...this.get(question) });
      else if (this.ids.has(question)) await this.#forget(question);
    }
  }

  #id(question) {
    if (!this.ids.has(question)) this.ids.set(question, this.newId());
    return this.ids.get(question);
  }

  async #forget(question) {
    const id = this.ids.get(question);
    this.ids.delete(question);
    await this.vault.remove("drafts", id);
  }
}
