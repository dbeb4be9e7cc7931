// The notes page: every note is saved on its own, while it is typed. Without this file each form is posted by itself.
//
// The page holds components/save_line.html and a form for each note:
//   <form data-note="<id>" data-label="Note 3" data-version="2" data-save-url="…">
// with text, questions, source, seen_on and a hidden base_version. A note travels as an answer does (js/case-read.js), its
// id as the `question`: {question, text, questions, source, seen_on, struck, base_version, save_id}, and is replied to alike.
import { Saving } from "./case_read/saving.js";
import { NoteBlock } from "./notes/block.js";
import { boxFor } from "./notes/boxes.js";

function write(forms, line) {
  let blank;
  new Saving({
    thing: "note",
    forms,
    line,
    boxFor,
    blocks: (listeners) => {
      const blocks = forms.map((form) => new NoteBlock(form, listeners));
      blank = blocks.find((block) => block.isBlank());
      return blocks;
    },
    blank: () => blank,
  });
}

const forms = [...document.querySelectorAll("form[data-note]")];
const line = document.querySelector("[data-save-line]");
if (forms.length && line) write(forms, line);
