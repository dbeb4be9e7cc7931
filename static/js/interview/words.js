// How the time of an interview stands, in whole minutes.
const MINUTE = 60_000;

export function timeWords(started, ends, now) {
  const gone = Math.max(0, Math.floor((now - started) / MINUTE));
  const left = Math.ceil((ends - now) / MINUTE);
  const rest = left >= 0 ? `${minutes(left)} left` : `over its time by ${minutes(-left)}`;
  return `${minutes(gone)} so far, ${rest}.`;
}

function minutes(count) {
  return `${count} ${count === 1 ? "minute" : "minutes"}`;
}
