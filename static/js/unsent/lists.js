// Kept answers as boxes: on My work today with the way to send them, and where they can no longer be sent, with the text to copy.
import { frame, toCopy } from "../case_read/boxes.js";
import { button, element } from "../case_read/elements.js";
import { byCase, left, stuck } from "./words.js";

// One box for each case, with a link to the first of its questions.
export function workBoxes(rows) {
  return byCase(rows).map(({ rows: own }) => {
    const { sentence, link } = left(own);
    const { path, question } = own[0].words;
    const box = frame(`${sentence} `, ...own.map(details));
    box.firstChild.append(element("a", { class: "govuk-link", href: `${path}#evidence-${question}` }, link));
    return box;
  });
}

export function stuckBox(rows, vault) {
  const parts = rows.map(({ id, words }) => {
    const part = element("div", {}, ...toCopy(words.question, words.words, words.content), " ");
    part.append(button("Remove", `your text for ${words.question}`, async () => {
      await vault.remove("drafts", id);
      part.remove();
      if (box.childElementCount === 1) box.remove();
    }));
    return part;
  });
  const box = frame(stuck(rows), ...parts);
  return box;
}

function details({ words }) {
  const summary = element("span", { class: "govuk-details__summary-text" }, `Your text for ${words.question}`);
  return element(
    "details",
    { class: "govuk-details" },
    element("summary", { class: "govuk-details__summary" }, summary),
    element("div", { class: "govuk-details__text" }, ...toCopy(words.question, words.words, words.content)),
  );
}
