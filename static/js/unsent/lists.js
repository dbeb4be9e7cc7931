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
  box.append(...rows.map((row) => removable(row, details(row), () => without(row, rows, box, (rest) => workBox(name, rest, vault)), vault)));
  box.firstChild.append(element("a", { class: "govuk-link", href: `${path}#${place}` }, link));
  return box;
}

export function stuckBox(rows, vault) {
  const box = frame(stuck(rows));
  const texts = (row) => element("div", {}, ...toCopy(row.words), " ");
  box.append(...rows.map((row) => removable(row, texts(row), () => without(row, rows, box, (rest) => stuckBox(rest, vault)), vault)));
  return box;
}

function removable({ id, words }, part, onGone, vault) {
  const inside = part.querySelector(".govuk-details__text") ?? part;
  inside.append(button("Remove", `your text for ${words.label}`, async () => {
    await vault.remove("drafts", id);
    onGone();
  }));
  return part;
}

// The box says how many are left, and goes with the last.
function without(row, rows, box, draw) {
  const rest = rows.filter((each) => each !== row);
  if (!rest.length) {
    box.remove();
    return;
  }
  const drawn = draw(rest);
  drawn.tabIndex = -1;
  box.replaceWith(drawn);
  drawn.focus();
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
