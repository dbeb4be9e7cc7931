// One answer over the wire.
import { outcomeOf } from "./outcome.js";

const PATIENCE = 30_000;
const KEEPALIVE_LIMIT = 20_000; // characters; a browser refuses more than 64 kB of it

// A first attempt survives the closing of the page, as far as browsers allow; a repeat goes without.
export async function send(url, message, token) {
  const body = JSON.stringify(wire(message));
  try {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      keepalive: message.attempt === 1 && body.length < KEEPALIVE_LIMIT,
      signal: AbortSignal.timeout(PATIENCE),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body,
    });
    const redirected = response.type === "opaqueredirect";
    return outcomeOf({ status: response.status, redirected, body: await json(response) }, message.question);
  } catch {
    return { kind: "failed" };
  }
}

function wire({ question, content, baseVersion, saveId, gaveWayTo }) {
  return { question, ...content, base_version: baseVersion, save_id: saveId, gave_way_to: gaveWayTo };
}

async function json(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  return response.json();
}
