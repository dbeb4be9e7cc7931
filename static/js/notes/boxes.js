// The boxes beside a note that a person has to deal with: two texts to choose from, a refusal, a case that is closed.
import { frame, toCopy } from "../case_read/boxes.js";
import { button, element } from "../case_read/elements.js";
import { problemText } from "../case_read/words.js";

export function boxFor(problem, block, { onMine, onTheirs }) {
  const about = `, ${block.label}`;
  const box = frame(problemText(problem));
  if (problem.kind === "stale") {
    const { content } = problem.theirs;
    const mine = side("Yours", block.content(), block, button("Use mine", about, onMine));
    const theirs = side(content.struck ? "Theirs, struck out" : "Theirs", content, block, button("Use theirs", about, onTheirs));
    box.append(element("div", { class: "app-two-texts" }, mine, theirs));
  }
  if (problem.kind === "locked") box.append(...toCopy({ label: block.label, words: block.words(block.content()), content: block.content() }));
  return box;
}

function side(title, content, block, choose) {
  return element(
    "div",
    { class: "app-two-texts__side" },
    element("p", { class: "app-two-texts__title" }, title),
    element("p", {}, block.words(content)),
    element("div", { class: "app-text", dir: "auto" }, content.text),
    choose,
  );
}
