// What a live region says when it can no longer be brought up to date.

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "numeric",
  minute: "2-digit",
  hourCycle: "h12",
  timeZone: "Europe/London",
});

export function clockTime(date) {
  return CLOCK.format(date).replace(/\s/g, "").toLowerCase();
}

// reply: "fresh", "unchanged", "unreachable" or "closed" (signed out, or the page is no longer open to this person).
export function note(reply, asAt) {
  if (reply === "unreachable") return `Not connected, figures as at ${clockTime(asAt)}`;
  if (reply === "closed") return `Figures as at ${clockTime(asAt)}. Load the page again to see newer ones`;
  return "";
}

export function replyOf({ status, type }) {
  if (status === 200) return "fresh";
  if (status === 304) return "unchanged";
  if (type === "opaqueredirect" || (status >= 400 && status < 500)) return "closed";
  return "unreachable";
}
