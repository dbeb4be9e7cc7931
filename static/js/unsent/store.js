// The rows on this computer: "drafts" are not sent, "saved" is what the server has of a kept page, "pages" are kept pages.

export const KINDS = ["drafts", "saved", "pages"];

// null where the browser keeps nothing, or has no means to lock it (both only over TLS or on the machine itself).
export async function openStore() {
  if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return null;
  try {
    const request = indexedDB.open("unsent", 1);
    request.onupgradeneeded = () => KINDS.forEach((kind) => request.result.createObjectStore(kind, { keyPath: "id" }));
    return new Store(await done(request));
  } catch {
    return null;
  }
}

export class Store {
  constructor(database) {
    this.database = database;
  }

  all(kind) {
    return done(this.database.transaction(kind).objectStore(kind).getAll());
  }

  put(kind, row) {
    return this.#write([kind], (rows) => rows(kind).put(row));
  }

  remove(kind, ids) {
    return this.#write([kind], (rows) => ids.forEach((id) => rows(kind).delete(id)));
  }

  clear(kinds = KINDS) {
    return this.#write(kinds, (rows) => kinds.forEach((kind) => rows(kind).clear()));
  }

  // Resolves once it lies on the disk.
  #write(kinds, work) {
    const transaction = this.database.transaction(kinds, "readwrite", { durability: "strict" });
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      work((kind) => transaction.objectStore(kind));
    });
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
