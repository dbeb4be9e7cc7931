// Whether a judgement says the opposite of its prompts; cases/rules/checking.py asks the same before a read can be sent.

const OPPOSITE = { yes: "no", no: "yes" };
const FEWEST_PROMPTS = 3; // fewer than these, answered Yes or No, say nothing against a judgement

// {count, of} where most prompts say the opposite, else null. Half of them is not most.
export function againstPrompts(judged, values) {
  const said = values.filter((value) => value in OPPOSITE);
  const count = said.filter((value) => value === OPPOSITE[judged]).length;
  return said.length >= FEWEST_PROMPTS && 2 * count > said.length ? { count, of: said.length } : null;
}

export function opposite(judged) {
  return OPPOSITE[judged];
}
