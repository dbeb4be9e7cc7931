// Sends one kept answer from any page: first again what was on its way, then what was typed since.
import { newId } from "../case_read/identifier.js";
import { isAside, same } from "../case_read/queue.js";
import { send } from "../case_read/transport.js";

// Whether the server has all of it now.
export async function deliver({ question, content, version, message, saveUrl, setAsideUrl }, token) {
  let base = version;
  if (message) {
    const outcome = await send(isAside(message) ? setAsideUrl : saveUrl, { ...message, attempt: 2 }, token);
    if (outcome.kind !== "saved") return false;
    if (same(message.content, content)) return true;
    if (!isAside(message)) base = outcome.version;
  }
  const outcome = await send(saveUrl, { question, content, baseVersion: base, saveId: newId(), attempt: 2 }, token);
  return outcome.kind === "saved";
}
