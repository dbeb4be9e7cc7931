// What the server noticed in a saved text: it stands under the text, is never spoken and stops nobody.
import { element } from "./elements.js";

export function showWarnings(root, warnings) {
  const said = warnings.map(({ text }) => element("p", { class: "govuk-body-s" }, text));
  root.querySelector("[data-warnings]")?.replaceChildren(...said);
}
