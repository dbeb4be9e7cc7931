// What is said about answers that lie on this computer.

export function count(answers) {
  return answers === 1 ? "1 answer" : `${answers} answers`;
}

// [{name, path, rows}] in the order of the rows; the inspection is named only where there is more than one.
export function byCase(rows) {
  const groups = new Map();
  for (const row of rows) {
    const [, , inspection, , ref] = row.words.path.split("/");
    const key = `${inspection}/${ref}`;
    if (!groups.has(key)) groups.set(key, { inspection, ref, rows: [] });
    groups.get(key).rows.push(row);
  }
  const found = [...groups.values()];
  const one = new Set(found.map(({ inspection }) => inspection)).size === 1;
  return found.map(({ inspection, ref, rows: own }) => ({ name: one ? ref : `${ref} of ${inspection}`, rows: own }));
}

export function leaving(rows, others) {
  return [own(rows), foreign(others)].filter(Boolean).join(" ");
}

export const UNNAMED = "Answers on this computer have not been sent. If you sign out they are removed from this computer.";

function own(rows) {
  if (!rows.length) return "";
  const cases = byCase(rows).map(({ name, rows: of }) => `${count(of.length)} for ${name} (${of.map(({ words }) => words.question).join(", ")})`);
  const [have, they] = rows.length === 1 ? ["has", "it is"] : ["have", "they are"];
  return `${cases.join(" and ")} ${have} not been sent. If you sign out ${they} removed from this computer.`;
}

function foreign(others) {
  if (!others) return "";
  const [have, they] = others === 1 ? ["has", "it is"] : ["have", "they are"];
  return `${count(others)} of somebody else who used this computer ${have} not been sent. If you sign out ${they} removed too.`;
}

export function left(rows) {
  const [are, them] = rows.length === 1 ? ["is", "it"] : ["are", "them"];
  return { sentence: `${count(rows.length)} for ${byCase(rows)[0].name} ${are} still on this computer.`, link: `Send ${them} now` };
}

export function stuck(rows) {
  return `${count(rows.length)} for ${byCase(rows)[0].name} could not be sent. Copy your text before you remove it`;
}
