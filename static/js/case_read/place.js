// The question in work stands in the address, so that a reload or signing in again comes back to it.

export class Place {
  constructor(forms, onMove) {
    this.forms = forms;
    this.onMove = onMove;
    for (const form of forms) {
      form.addEventListener("focusin", ({ target }) => this.#note(target));
      // A browser would carry it on to the page that follows.
      form.addEventListener("submit", () => history.replaceState(history.state, "", location.pathname + location.search));
    }
    onMove(location.pathname + location.hash);
    this.goTo();
  }

  // Focus goes where the address says, behind what stands there; unless somebody is at work here already.
  goTo() {
    if (this.#contains(document.activeElement)) return;
    const field = document.getElementById(location.hash.slice(1));
    if (!field || !this.#contains(field) || !field.matches("input, select, textarea")) return;
    field.focus();
    if (field.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length);
  }

  #contains(field) {
    return this.forms.some((form) => form.contains(field));
  }

  #note(field) {
    if (!field.id || !field.matches(":is([data-answer], [data-note]) :is(input, select, textarea)")) return;
    history.replaceState(history.state, "", `#${field.id}`);
    this.onMove(location.pathname + location.hash);
  }
}
