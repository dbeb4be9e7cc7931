// The boxes beside a note that a person has to deal with: two texts to choose from, a refusal, a case that is closed.
import { button, element } from "../case_read/elements.js";
import { problemText } from "../case_read/words.js";

export function boxFor(problem, block, { onMine, onTheirs }) {
  const about = `, ${block.label}`;
  const heading = element("p", { class: "app-answer-box__heading" }, problemText(problem));
  const box = element("div", { class: "app-answer-box" }, heading);
  if (problem.kind === "stale") {
    const { content } = problem.theirs;
    const mine = side("Yours", block.content(), button("Use mine", about, onMine));
    const theirs = side(content.struck ? "Theirs, struck out" : "Theirs", content, button("Use theirs", about, onTheirs));
    box.append(element("div", { class: "app-two-texts" }, mine, theirs));
  }
  if (problem.kind === "locked") box.append(...toCopy(block, about));
  return box;
}

function side(title, { text, questions, seen_on: day }, choose) {
  const facts = [questions && `for ${questions}`, day].filter(Boolean).join(", ");
  return element(
    "div",
    { class: "app-two-texts__side" },
    element("p", { class: "app-two-texts__title" }, title),
    element("p", {}, facts),
    element("div", { class: "app-text" }, text),
    choose,
  );
}

function toCopy(block, about) {
  const copy = element("textarea", { class: "govuk-textarea", rows: "4", readonly: "", "aria-label": `Your text, ${block.label}` });
  copy.value = block.content().text;
  const pressed = button("Copy my text", about, async () => {
    copy.select();
    try {
      await navigator.clipboard.writeText(copy.value);
    } catch {
      document.execCommand("copy"); // where the clipboard is not open to scripts, the selected text still can be copied
    }
    pressed.firstChild.data = "Copied";
  });
  return [copy, pressed];
}
