// One question on the page: reads and shows its answer, says when it changes, holds the box for its problems.

const NOT_APPLICABLE = "na";
const TEXTS = ["na_reason", "evidence", "despite_reason", "change_reason"];

export class Block {
  constructor(root, { onChange, onLeave }) {
    this.root = root;
    this.key = this.label = this.question = root.dataset.question;
    this.saveUrl = root.dataset.saveUrl;
    this.choices = this.#named("value");
    this.texts = Object.fromEntries(TEXTS.map((part) => [part, this.#named(part)[0]]));
    this.reason = this.texts.na_reason;
    this.evidence = this.texts.evidence;
    this.place = `evidence-${this.question}`;
    this.versionField = this.#named("base_version")[0];
    this.box = null;
    this.#listen(onChange, onLeave);
  }

  // What the server drew: a browser may have put other text back after a reload, and that is unsent.
  original() {
    return {
      version: Number(this.root.dataset.version),
      content: answer(
        this.choices.find((choice) => choice.defaultChecked),
        original,
        this.texts,
      ),
    };
  }

  content() {
    return answer(
      this.choices.find((choice) => choice.checked),
      (field) => field?.value ?? "",
      this.texts,
    );
  }

  show(content) {
    for (const choice of this.choices) choice.checked = choice.value === content.value;
    for (const field of this.#fields()) field.value = content[this.#part(field)];
  }

  // The whole form, posted in the ordinary way, must not be based on an older version than the last receipt.
  acknowledge(version) {
    this.root.dataset.version = version;
    if (this.versionField) this.versionField.value = version;
  }

  // The answer in the words that stand beside the choices.
  words({ value, na_reason }) {
    const label = this.choices.find((choice) => choice.value === value)?.labels[0].firstChild.textContent.trim() ?? "Not answered";
    const reason = [...(this.reason?.options ?? [])].find((option) => option.value === na_reason)?.text ?? na_reason;
    return na_reason ? `${label}: ${reason}` : label;
  }

  lock() {
    for (const choice of this.choices) choice.disabled = true;
    for (const field of this.#fields()) field.disabled = true;
  }

  focus() {
    (this.choices.find((choice) => choice.checked) ?? this.choices[0] ?? this.evidence)?.focus();
  }

  putBox(box) {
    this.box?.remove();
    this.box = box;
    if (box) this.root.append(box);
  }

  #fields() {
    return Object.values(this.texts).filter(Boolean);
  }

  #part(field) {
    return TEXTS.find((part) => this.texts[part] === field);
  }

  #named(name) {
    const wanted = `${name}-${this.question}`;
    return [...this.root.querySelectorAll("input, select, textarea")].filter((field) => field.name === wanted);
  }

  #listen(onChange, onLeave) {
    for (const choice of this.choices) choice.addEventListener("change", () => onChange(this, { typing: false }));
    for (const field of this.#fields()) {
      field.addEventListener("input", () => onChange(this, { typing: field.tagName !== "SELECT" }));
      field.addEventListener("blur", () => onLeave(this));
    }
    const clear = this.root.querySelector("[data-clear-answer]");
    clear?.removeAttribute("hidden");
    clear?.addEventListener("click", () => {
      for (const choice of this.choices) choice.checked = false;
      onChange(this, { typing: false });
    });
  }
}

// A reason chosen earlier may stand in its list after the answer was changed; it is no part of the answer then.
function answer(choice, read, texts) {
  const value = choice?.value ?? "";
  const content = { value };
  for (const part of TEXTS) content[part] = read(texts[part]);
  return value === NOT_APPLICABLE ? content : { ...content, na_reason: "" };
}

function original(field) {
  if (!field) return "";
  if (field.tagName !== "SELECT") return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
}
