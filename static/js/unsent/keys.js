// This person's keys, and the server's time: the computer's own clock may be years off.
import { importKey } from "./lock.js";

const ADDRESS = "/unsent-key/";
const PATIENCE = 10_000;
const HOUR = 3_600_000;

export class Keys {
  // given: {person, current, keys: Map of CryptoKey by id, now, hours}; `now` is the server's time at this moment.
  constructor({ now, ...given }) {
    Object.assign(this, given);
    this.offset = now - performance.now();
  }

  key(id) {
    return this.keys.get(id);
  }

  now() {
    return Math.round(this.offset + performance.now());
  }

  isOver({ at }) {
    return this.now() - at > this.hours * HOUR;
  }

  // As it can be handed to a worker, which makes Keys of it again.
  handed() {
    return { person: this.person, current: this.current, keys: this.keys, hours: this.hours, now: this.now() };
  }
}

// Keys; "never" where nothing may be kept; null when the server did not give any.
export async function fetchKeys({ person, token }) {
  try {
    const response = await fetch(ADDRESS, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
    return response.ok ? await keysOf(await response.json(), person) : null;
  } catch {
    return null;
  }
}

export async function keysOf(body, person) {
  if (!body.keep) return "never";
  if (body.person !== person) return null;
  const pairs = Object.entries(body.keys).map(async ([id, key]) => [id, await importKey(key)]);
  const { current, now, keep_hours: hours } = body;
  return new Keys({ person, current, now, hours, keys: new Map(await Promise.all(pairs)) });
}
