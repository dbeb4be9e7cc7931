// What the save line says and what is spoken. "Saved" is only ever said of what the server has acknowledged.
// `thing` is what the page saves: answers, or notes.

export function saveLine({ unsent, failing, problems, lastSaved, backAgain, signedOut = null, thing = "answer" }) {
  const waiting = unsent - problems.length;
  const bad = [];
  if (problems.length) bad.push(`Not saved: ${count(problems.length, thing)}. Look for the box beside ${problems.length === 1 ? "it" : "each"}.`);
  if (signedOut) bad.push(`${signedOut}.`);
  else if (failing && waiting > 0) bad.push(`Not saved yet: ${count(waiting, thing)}. We'll keep trying. Keep this page open.`);
  if (bad.length) return { tone: "waiting", text: bad.join(" ") };
  if (unsent) return { tone: "sending", text: "Saving…" };
  if (!lastSaved) return { tone: "untouched", text: null };
  return { tone: "saved", text: `${backAgain ? "Connected again. " : ""}All ${thing}s saved, ${lastSaved}` };
}

function count(number, thing) {
  return number === 1 ? `1 ${thing}` : `${number} ${thing}s`;
}

export function problemText(problem) {
  if (problem.kind !== "stale") return problem.message;
  return `${problem.theirs.by} changed this ${problem.thing ?? "answer"} at ${problem.theirs.at}. Choose which to keep`;
}

// Speaks end states only: saved once a visit and after trouble; trouble once each time that it begins.
export class Speaker {
  constructor({ savedIsNews = true } = {}) {
    this.savedIsNews = savedIsNews;
    this.failing = false;
    this.signedOut = null;
    this.problems = new Set();
  }

  // Returns {status} or {alert} with the words to speak, or {} for silence.
  hear(state) {
    const trouble = this.#newTrouble(state);
    this.failing = state.failing;
    this.signedOut = state.signedOut ?? null;
    this.problems = new Set(state.problems.map(name));
    if (trouble) {
      this.savedIsNews = true;
      return { alert: trouble };
    }
    const line = saveLine(state);
    if (line.tone !== "saved" || !this.savedIsNews) return {};
    this.savedIsNews = false;
    return { status: line.text };
  }

  #newTrouble(state) {
    if (state.signedOut && state.signedOut !== this.signedOut) return saveLine(state).text;
    const fresh = state.problems.filter((problem) => !this.problems.has(name(problem)));
    if (fresh.length) return fresh.map((problem) => `${problem.question}: ${problemText(problem)}`).join(". ");
    return state.failing && !this.failing ? saveLine(state).text : null;
  }
}

function name({ question, kind }) {
  return `${question} ${kind}`;
}
