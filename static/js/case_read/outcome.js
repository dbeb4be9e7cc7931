// What a reply means for the answer that was sent. Anything that does not plainly say "saved" is not saved.

const SIGN_IN = "Sign in again to save your work. Nothing you typed has been lost";
const CLOSED = "You can no longer change this case. Your unsent text is below so you can copy it";
const NOT_ACCEPTED = "This was not accepted. Copy your text and tell the lead inspector";
const TRY_LATER = new Set([408, 425, 429]);

// reply: {status, redirected, body}; status 0 when nothing came back, body the parsed JSON or null.
export function outcomeOf({ status, redirected = false, body }, question) {
  if (redirected || status === 401 || (status === 403 && body?.status !== "closed")) return { kind: "signed-out", message: SIGN_IN };
  if (status === 403 || status === 404 || status === 410) return { kind: "locked", message: body?.message ?? CLOSED };
  if (status === 200) return isReceipt(body, question) ? saved(body) : { kind: "failed" };
  if (status === 409 && body?.status === "stale") return { kind: "stale", theirs: theirs(body.theirs) };
  if (status < 400 || status >= 500 || TRY_LATER.has(status)) return { kind: "failed" };
  return { kind: "refused", message: body?.message ?? NOT_ACCEPTED };
}

function isReceipt(body, question) {
  return body?.status === "saved" && body.question === question && Number.isInteger(body.version);
}

function saved({ version, saved_at: at, warnings = [] }) {
  return { kind: "saved", version, at, warnings };
}

function theirs({ version, by, at, ...content }) {
  for (const part of Object.keys(content)) content[part] ??= "";
  return { content, version, by, at };
}
