// An interview: its notes are saved one by one while they are typed (js/case_read/saving.js), topics are ticked without leaving
// the page, and the time runs. Without this file each form is posted by itself, and the page says when the time is over.
import { Saving } from "./case_read/saving.js";
import { NoteBlock } from "./notes/block.js";
import { boxFor } from "./notes/boxes.js";
import { timeWords } from "./interview/words.js";

const MINUTE = 60_000;

// The server draws the topic; of its page only the form of this one topic is taken.
async function tick(form, submitter) {
  const reply = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) }).catch(() => null);
  const page = reply?.ok && new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = page && page.getElementById(form.id);
  if (!fresh) {
    form.requestSubmit(submitter);
    return;
  }
  form.replaceWith(fresh);
  fresh.querySelector("button").focus();
}

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (!target.matches("[data-tick]") || target.dataset.tick === "sent") return;
  event.preventDefault();
  target.dataset.tick = "sent"; // should it fail, the form goes the ordinary way
  tick(target, submitter);
});

// By the server's clock, whatever that of the computer says.
function run(timer, skew) {
  timer.textContent = timeWords(new Date(timer.dataset.started), new Date(timer.dataset.ends), new Date(Date.now() + skew));
}

const forms = [...document.querySelectorAll("form[data-note]")];
const line = document.querySelector("[data-save-line]");
const timer = document.querySelector("[data-timer]");
if (forms.length && line) new Saving({ thing: "note", forms, line, boxFor, blocks: (listeners) => forms.map((form) => new NoteBlock(form, listeners)) });
if (timer) {
  const skew = new Date(timer.dataset.now) - Date.now();
  run(timer, skew);
  setInterval(() => run(timer, skew), MINUTE / 4);
}
