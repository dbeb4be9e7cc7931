// The boxes that a person has to deal with: two texts to choose from, a refusal, a case that is closed.
import { button, element, hidden } from "./elements.js";
import { sides } from "./marks.js";
import { problemText } from "./words.js";

export function boxFor(problem, block, { onMine, onTheirs }) {
  if (problem.kind === "stale") return staleBox(problem, block, { onMine, onTheirs });
  return problem.kind === "locked" || problem.content ? lockedBox(problem, block) : frame(problemText(problem));
}

function staleBox(problem, block, { onMine, onTheirs }) {
  const about = `for ${block.question}`;
  const [mine, theirs] = [block.content(), problem.theirs.content];
  const [mineMarked, theirsMarked] = sides(problem.base.evidence, mine.evidence, theirs.evidence);
  return frame(
    problemText(problem),
    element("p", {}, "You can change yours above before you use it. The other one stays in the history."),
    element(
      "div",
      { class: "app-two-texts" },
      side("Yours", mine, mineMarked, block, button("Use mine", about, onMine)),
      side("Theirs", theirs, theirsMarked, block, button("Use theirs", about, onTheirs)),
    ),
  );
}

function side(title, content, runs, block, choose) {
  return element(
    "div",
    { class: "app-two-texts__side" },
    element("p", { class: "app-two-texts__title" }, title),
    element("p", {}, block.words(content)),
    element("div", { class: "app-text", dir: "auto" }, ...(content.evidence ? runs.map(marked) : ["No evidence written"])),
    ...reasons(content).map((words) => element("p", {}, words)),
    choose,
  );
}

function marked({ added, text }) {
  return added ? element("ins", { class: "app-added" }, hidden("Added: "), text, hidden(" End of what was added. ")) : text;
}

function reasons({ despite_reason: despite, change_reason: change }) {
  return [despite && `Why it stands against its prompts: ${despite}`, change && `Why it was changed: ${change}`].filter(Boolean);
}

function lockedBox(problem, block) {
  const content = problem.content ?? block.content();
  return frame(problemText(problem), ...toCopy({ label: block.label, words: block.words(content), content }));
}

// Everything that was typed for one question or in one note, and a button that copies it.
export function toCopy({ label, words, content }) {
  const field = element("textarea", { class: "govuk-textarea", rows: "4", readonly: "", "aria-label": `Your text for ${label}` });
  const first = [label, words].filter(Boolean).join(": ");
  field.value = [first, content.evidence ?? content.text, ...reasons(content)].filter(Boolean).join("\n");
  const pressed = button("Copy my text", `for ${label}`, () => copyText(field, pressed));
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

export function frame(text, ...children) {
  const heading = element("p", { class: "app-answer-box__heading" }, text);
  return element("div", { class: "app-answer-box" }, heading, ...children);
}
