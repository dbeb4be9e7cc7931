// What each of two texts added, word by word; cases/rules/marks.py does the same on the server.

const WORD = /[ \n\t]*[^ \n\t]+|[ \n\t]+/g;
const LONG = 120; // characters; shorter texts can be compared by eye
const MOST_STEPS = 400; // words taken out and put in; beyond it all is marked between where the texts begin and end alike

// Both texts in full, each with what it added to the one that both began from; without that, to the other.
export function sides(base, mine, theirs) {
  if (Math.max(mine.length, theirs.length) < LONG) return [[run(false, mine)], [run(false, theirs)]];
  return [added(base || theirs, mine), added(base || mine, theirs)];
}

// [{added, text}]: all of the text, in runs.
export function added(base, text) {
  const words = text.match(WORD) ?? [];
  const [old, fresh] = [(base.match(WORD) ?? []).map(bare), words.map(bare)];
  const start = alike(old, fresh);
  const end = alike(old.slice(start).reverse(), fresh.slice(start).reverse());
  const marks = inserted(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  const runs = [];
  words.forEach((word, index) => {
    const mark = fresh[index] !== "" && (marks[index - start] ?? false);
    if (runs.at(-1)?.added === mark) runs.at(-1).text += word;
    else runs.push(run(mark, word));
  });
  return runs;
}

function run(isAdded, text) {
  return { added: isAdded, text };
}

function bare(word) {
  return word.replace(/^[ \n\t]+/, "");
}

function alike(one, other) {
  const shorter = Math.min(one.length, other.length);
  let count = 0;
  while (count < shorter && one[count] === other[count]) count += 1;
  return count;
}

// Which of the new words are not among the old, by the shortest way from one to the other (Myers 1986).
function inserted(old, fresh) {
  const trace = steps(old, fresh);
  if (!trace) return fresh.map(() => true);
  const marks = fresh.map(() => false);
  let [x, y] = [old.length, fresh.length];
  for (let step = trace.length - 1; step > 0; step -= 1) {
    const diagonal = from(trace[step], step, x - y);
    const before = trace[step].get(diagonal);
    if (diagonal === x - y + 1) marks[before - diagonal] = true;
    [x, y] = [before, before - diagonal];
  }
  return marks;
}

// How far each diagonal had been followed before each step; null if it takes too many.
function steps(old, fresh) {
  const furthest = new Map([[1, 0]]);
  const trace = [];
  for (let step = 0; step <= MOST_STEPS; step += 1) {
    trace.push(new Map(furthest));
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      const before = from(furthest, step, diagonal);
      let x = furthest.get(before) + (before < diagonal ? 1 : 0);
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= old.length && x - diagonal >= fresh.length) return trace;
    }
  }
  return null;
}

// The diagonal that this one is reached from: the upper one by a word put in, the lower by one taken out.
function from(furthest, step, diagonal) {
  const down = diagonal === -step || (diagonal !== step && furthest.get(diagonal - 1) < furthest.get(diagonal + 1));
  return down ? diagonal + 1 : diagonal - 1;
}
