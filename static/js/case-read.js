// The case read page: every answer is saved on its own, as it is given. Without this file the form is posted whole.
//
// The page holds components/save_line.html and one form with a block for each question:
//   <div class="app-answer" data-answer data-question="2.1.1a" data-version="3" data-save-url="…">
// In it: radios value-2.1.1a, a list or input na_reason-2.1.1a, a textarea evidence-2.1.1a, a hidden base_version-2.1.1a, and
// if wanted <button type="button" data-clear-answer hidden>. An answer is posted to data-save-url as JSON:
//   {question, value, na_reason, evidence, base_version, save_id}
// and what gives way to somebody else's answer to the form's data-set-aside-url, with gave_way_to, the version it gives way to;
// both are replied to with 200 {status: "saved", question, version, saved_at, warnings: [{kind, text}]}, 409 {status: "stale", question,
// theirs: {value, na_reason, evidence, version, by, at}} or 422 {status: "refused", message}. A message may come with 404 too.
import { Block } from "./case_read/block.js";
import { boxFor } from "./case_read/boxes.js";
import { Saving } from "./case_read/saving.js";
import { Section } from "./case_read/section.js";
import { showWarnings } from "./case_read/warnings.js";

function read(form, line) {
  const section = new Section();
  new Saving({
    thing: "answer",
    forms: [form],
    line,
    boxFor,
    setAsideUrl: form.dataset.setAsideUrl,
    blocks: (listeners) => [...form.querySelectorAll("[data-answer]")].map((root) => new Block(root, listeners)),
    onSaved: (block, { warnings }) => showWarnings(block.root, warnings),
    onTheirs: (block) => showWarnings(block.root, []), // they were about mine
    onPaint: (blocks) => section.paint(blocks),
  });
}

const form = document.querySelector("[data-answer]")?.closest("form");
const line = document.querySelector("[data-save-line]");
if (form && line) read(form, line);
