// Quick answers, for those who switched them on: Y, N or A answers a question while its choices have focus and moves on, E goes
// to its evidence, Ctrl+Enter leaves a question for the next, and the last one for "Save and continue".
const VALUES = { y: "yes", n: "no", a: "na" };

document.addEventListener("keydown", (event) => {
  const block = event.target.closest?.("[data-answer]");
  if (!block || event.altKey || event.metaKey || event.shiftKey || event.repeat) return;
  const ours = event.ctrlKey ? event.key === "Enter" && leave(block) : answer(block, event);
  if (ours) event.preventDefault();
});

// True where the key was one of ours.
function answer(block, { key, target }) {
  if (!choices(block).includes(target)) return false;
  if (key.toLowerCase() === "e") return focus(field(block, "evidence"));
  const choice = choices(block).find(({ value }) => value === VALUES[key.toLowerCase()]);
  if (!choice) return false;
  choice.click();
  return focus(needed(block, choice.value) ?? following(block));
}

function leave(block) {
  const next = following(block);
  if (next.type === "submit") next.click();
  return focus(next);
}

// What the answer still lacks: a reason why the question does not apply, or the evidence of a judgement.
function needed(block, value) {
  if (value !== VALUES.a && !("prompts" in block.dataset)) return null;
  const found = field(block, value === VALUES.a ? "na_reason" : "evidence");
  return found.value.trim() ? null : found;
}

// The choices of the next question, or the button after the last.
function following(block) {
  const blocks = [...document.querySelectorAll("[data-answer]")];
  const next = blocks[blocks.indexOf(block) + 1];
  if (!next) return block.closest("form").querySelector("[name=then]");
  return choices(next).find(({ checked }) => checked) ?? choices(next)[0];
}

function choices(block) {
  return [...block.querySelectorAll("[type=radio]")].filter(({ name }) => name === `value-${block.dataset.question}`);
}

function field(block, part) {
  return block.querySelector(`[name="${part}-${block.dataset.question}"]`);
}

function focus(element) {
  element.focus();
  return true;
}
