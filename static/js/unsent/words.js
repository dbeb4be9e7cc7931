// What is said about answers and notes that lie on this computer.

export function count(rows) {
  const notes = rows.filter(({ words }) => words.thing === "note").length;
  return [many(rows.length - notes, "answer"), many(notes, "note")].filter(Boolean).join(" and ");
}

function many(number, thing) {
  if (!number) return "";
  return number === 1 ? `1 ${thing}` : `${number} ${thing}s`;
}

// Each page of one case, as lists of rows.
export function byPage(rows) {
  const pages = new Map();
  for (const row of rows) pages.set(row.words.path, [...(pages.get(row.words.path) ?? []), row]);
  return [...pages.values()];
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

export const UNNAMED = "Answers or notes on this computer have not been sent. If you sign out they are removed from this computer.";

function own(rows) {
  if (!rows.length) return "";
  const cases = byCase(rows).map(({ name, rows: of }) => `${count(of)} for ${name} (${of.map(({ words }) => words.label).join(", ")})`);
  const [have, they] = rows.length === 1 ? ["has", "it is"] : ["have", "they are"];
  return `${cases.join(" and ")} ${have} not been sent. If you sign out ${they} removed from this computer.`;
}

function foreign(others) {
  if (!others) return "";
  const [have, they] = others === 1 ? ["has", "it is"] : ["have", "they are"];
  const what = others === 1 ? "1 answer or note" : `${others} answers or notes`;
  return `${what} of somebody else who used this computer ${have} not been sent. If you sign out ${they} removed too.`;
}

export function left(rows, name) {
  const [are, them] = rows.length === 1 ? ["is", "it"] : ["are", "them"];
  return { sentence: `${count(rows)} for ${name} ${are} still on this computer.`, link: `Send ${them} now` };
}

export function stuck(rows) {
  return `${count(rows)} for ${byCase(rows)[0].name} could not be sent. Copy your text before you remove it`;
}
