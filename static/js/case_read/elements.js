// Makes elements out of plain text: nothing that was typed is ever read as markup.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function hidden(text) {
  return element("span", { class: "govuk-visually-hidden" }, text);
}

export function button(text, about, onClick) {
  const made = element("button", { type: "button", class: "govuk-button govuk-button--secondary" }, text);
  made.append(hidden(` ${about}`));
  made.addEventListener("click", onClick);
  return made;
}
