// What is kept as boxes: on My work today with the way to send them, and where they can no longer be sent, with the text to copy.
import { frame, toCopy } from "../case_read/boxes.js";
import { button, element } from "../case_read/elements.js";
import { byCase, byPage, left, stuck } from "./words.js";

// One box for each page, because a page sends what is its own; with a link to the first of it.
export function workBoxes(rows, vault) {
  return byCase(rows).flatMap(({ name, rows: own }) => byPage(own).map((those) => workBox(name, those, vault)));
}

function workBox(name, rows, vault) {
  const { sentence, link } = left(rows, name);
  const { path, place } = rows[0].words;
  const box = frame(`${sentence} `);
  box.append(...rows.map((row) => removable(row, vault, box, details(row))));
  box.firstChild.append(element("a", { class: "govuk-link", href: `${path}#${place}` }, link));
  return box;
}

export function stuckBox(rows, vault) {
  const box = frame(stuck(rows));
  box.append(...rows.map((row) => removable(row, vault, box, ...toCopy(row.words), " ")));
  return box;
}

// The box goes with the last of its texts.
function removable({ id, words }, vault, box, ...children) {
  const part = element("div", {}, ...children);
  const inside = part.querySelector(".govuk-details__text") ?? part;
  inside.append(button("Remove", `your text for ${words.label}`, async () => {
    await vault.remove("drafts", id);
    part.remove();
    if (box.childElementCount === 1) box.remove();
  }));
  return part;
}

function details({ words }) {
  const summary = element("span", { class: "govuk-details__summary-text" }, `Your text for ${words.label}`);
  return element(
    "details",
    { class: "govuk-details" },
    element("summary", { class: "govuk-details__summary" }, summary),
    element("div", { class: "govuk-details__text" }, ...toCopy(words), " "),
  );
}
