// The boxes that a person has to deal with: two texts to choose from, a refusal, a case that is closed.
import { button, element } from "./elements.js";
import { problemText } from "./words.js";

export function boxFor(problem, block, { onMine, onTheirs }) {
  if (problem.kind === "stale") return staleBox(problem, block, { onMine, onTheirs });
  return problem.kind === "locked" ? lockedBox(problem, block) : refusedBox(problem);
}

function staleBox(problem, block, { onMine, onTheirs }) {
  const about = `for ${block.question}`;
  return frame(
    problemText(problem),
    element(
      "div",
      { class: "app-two-texts" },
      side("Yours", block.content(), block, button("Use mine", about, onMine)),
      side("Theirs", problem.theirs.content, block, button("Use theirs", about, onTheirs)),
    ),
  );
}

function side(title, content, block, choose) {
  return element(
    "div",
    { class: "app-two-texts__side" },
    element("p", { class: "app-two-texts__title" }, title),
    element("p", {}, block.words(content)),
    element("div", { class: "app-text" }, content.evidence || "No evidence written"),
    choose,
  );
}

function lockedBox(problem, block) {
  const content = block.content();
  return frame(problemText(problem), ...toCopy(block.question, block.words(content), content));
}

// Everything that was typed for one question, and a button that copies it.
export function toCopy(question, words, { evidence, despite_reason: despite, change_reason: change }) {
  const field = element("textarea", { class: "govuk-textarea", rows: "4", readonly: "", "aria-label": `Your text for ${question}` });
  field.value = [`${question}: ${words}`, evidence, despite, change].filter(Boolean).join("\n");
  const pressed = button("Copy my text", `for ${question}`, () => copyText(field, pressed));
  return [field, pressed];
}

async function copyText(field, pressed) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // where the clipboard is not open to scripts, the selected text still can be copied
  }
  pressed.firstChild.data = "Copied";
}

function refusedBox(problem) {
  return frame(problemText(problem));
}

export function frame(text, ...children) {
  const heading = element("p", { class: "app-answer-box__heading" }, text);
  return element("div", { class: "app-answer-box" }, heading, ...children);
}
