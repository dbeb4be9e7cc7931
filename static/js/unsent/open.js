// Opens what this person has on this computer.
import { Keys, fetchKeys } from "./keys.js";
import { openStore } from "./store.js";
import { Vault } from "./vault.js";
import { forgetPages, keysOfWorker } from "./worker.js";

// A vault; "never" where nothing may or can be kept; null while the keys cannot be had.
export async function openVault({ person, token }) {
  const store = await openStore();
  if (!store) return "never";
  const keys = (await fetchKeys({ person, token })) ?? (await keysOfWorker(person));
  if (keys === "never") await Promise.all([store.clear(), forgetPages()]);
  return keys instanceof Keys ? new Vault(store, keys) : keys;
}

// Without asking the server for a key: most pages find nothing and are done.
export async function anythingKept() {
  const store = await openStore();
  return Boolean(store && (await store.all("drafts")).length);
}

export async function removeEverything() {
  await (await openStore())?.clear();
}
