// The page's side of the worker that keeps case pages (case-pages.js).
import { Keys } from "./keys.js";

const PATIENCE = 2_000;
const workers = globalThis.navigator?.serviceWorker;

// Its memory is the only place that has the keys besides the page; it forgets them when nobody speaks to it for a while.
export async function handKeys(keys, path) {
  try {
    await workers?.register("/case-pages.js");
    await tell({ type: "keys", keys: keys.handed(), path });
  } catch {
    // A browser that runs no workers shows no page without a connection; what was typed is kept all the same.
  }
}

export async function sayWho(person) {
  workers?.controller?.postMessage({ type: "person", person });
}

export async function forgetPages() {
  workers?.controller?.postMessage({ type: "forget" });
  for (const registration of (await workers?.getRegistrations()) ?? []) await registration.unregister();
}

// For a page that was opened without a connection; null if the worker has none of this person.
export function keysOfWorker(person) {
  if (!workers?.controller) return Promise.resolve(null);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), PATIENCE);
    port1.onmessage = ({ data }) => resolve(data && new Keys(data));
    workers.controller.postMessage({ type: "keys?", person }, [port2]);
  });
}

async function tell(message) {
  const { active } = await workers.ready;
  active.postMessage(message);
}
