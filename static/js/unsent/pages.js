// The text of kept pages: what is changed in it, and what is read from it.

// So that the page knows that the server did not draw it just now.
export function withMark(html) {
  return html.replace("<html ", "<html data-kept-copy ");
}

export function staticFiles(html) {
  return [...new Set([...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map(([, address]) => address))];
}

// As it is written in the page, so still as markup.
export function titleOf(html) {
  return (html.match(/<title>([^<]*)<\/title>/)?.[1] ?? "").split(" – ")[0].trim();
}

// links: [{path, title}], the titles as markup. Of the two parts of the page, one stays.
export function notConnected(html, links) {
  const stays = links.length ? "open" : "locked";
  const items = links.map(({ path, title }) => `<li><a class="govuk-link" href="${path}">Go back to ${title}</a></li>`);
  return html
    .replace(/<!-- part (\w+) -->(.*?)<!-- end -->/gs, (all, name, part) => (name === stays ? part : ""))
    .replace("<!-- links -->", `<ul class="govuk-list">${items.join("")}</ul>`);
}
