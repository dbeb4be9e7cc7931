// One answer over the wire.
import { outcomeOf } from "./outcome.js";

const PATIENCE = 30_000;

// The first attempt survives the closing of the page; browsers allow little of that at a time, so a repeat goes without.
export async function send(url, message, token) {
  try {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      keepalive: message.attempt === 1,
      signal: AbortSignal.timeout(PATIENCE),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(wire(message)),
    });
    const redirected = response.type === "opaqueredirect";
    return outcomeOf({ status: response.status, redirected, body: await json(response) }, message.question);
  } catch {
    return { kind: "failed" };
  }
}

function wire({ question, content, baseVersion, saveId }) {
  return { question, ...content, base_version: baseVersion, save_id: saveId };
}

async function json(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return null;
  return response.json();
}
