// One note on the page: reads and shows what it says, says when it changes, holds the box for its problems.

const PARTS = ["text", "questions", "source", "seen_on"];

export class NoteBlock {
  constructor(root, { onChange, onLeave }) {
    this.root = root;
    this.key = root.dataset.note;
    this.label = root.dataset.label;
    this.saveUrl = root.dataset.saveUrl;
    this.fields = Object.fromEntries(PARTS.map((part) => [part, root.elements.namedItem(part)]));
    this.place = this.fields.text.id;
    this.versionField = root.elements.namedItem("base_version");
    this.box = null;
    this.#listen(onChange, onLeave);
  }

  // What the server drew: a browser may have put other text back after a reload, and that is unsent.
  original() {
    return { version: Number(this.root.dataset.version), content: this.#read(original) };
  }

  // A new note without a word is no note yet, whatever its source.
  content() {
    const content = this.#read((field) => field.value);
    return this.isBlank() && !content.text.trim() ? this.original().content : content;
  }

  isBlank() {
    return this.root.dataset.version === "0";
  }

  // Takes over a note that was begun in the blank form of an earlier page.
  become(key, version) {
    this.key = this.root.dataset.note = this.root.elements.namedItem("item").value = key;
    this.acknowledge(version);
  }

  // What stands beside its text.
  words({ questions, seen_on: day }) {
    return [questions && `for ${questions}`, day].filter(Boolean).join(", ");
  }

  show(content) {
    for (const part of PARTS) this.fields[part].value = content[part];
  }

  // The form, posted in the ordinary way, must not be based on an older version than the last receipt.
  acknowledge(version) {
    this.root.dataset.version = version;
    this.versionField.value = version;
  }

  lock() {
    for (const field of this.root.elements) field.disabled = true;
  }

  focus() {
    this.fields.text.focus();
  }

  putBox(box) {
    this.box?.remove();
    this.box = box;
    if (box) this.root.append(box);
  }

  #read(of) {
    const said = Object.fromEntries(PARTS.map((part) => [part, of(this.fields[part])]));
    return { ...said, struck: "" };
  }

  #listen(onChange, onLeave) {
    for (const field of Object.values(this.fields)) {
      field.addEventListener(field.tagName === "SELECT" ? "change" : "input", () => onChange(this, { typing: field.tagName !== "SELECT" }));
      field.addEventListener("blur", () => onLeave(this));
    }
  }
}

function original(field) {
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;
}
