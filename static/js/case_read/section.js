// What the page says about its answers as a whole: what is next, how the prompts stand, what asks for a reason.
import { againstPrompts, opposite } from "./prompts.js";
import { same } from "./queue.js";

export class Section {
  constructor() {
    this.links = [...document.querySelectorAll("[data-next-unanswered]")];
  }

  // blocks: a Map by question, in the order of the page
  paint(blocks) {
    const values = new Map([...blocks].map(([question, block]) => [question, block.content().value]));
    for (const link of this.links) this.#lead(link, blocks, values);
    for (const [question, block] of blocks) {
      if (block.root.dataset.prompts) judge(block, values.get(question), promptsOf(block).map((code) => values.get(code)));
      if (block.texts.change_reason) markChanged(block);
    }
  }

  #lead(link, blocks, values) {
    const group = link.closest("[data-group]");
    const next = [...blocks.values()].find((block) => !answered(block, values) && (!group || group.contains(block.root)));
    link.parentElement.hidden = !next;
    if (!next) return;
    link.setAttribute("href", `#${(next.choices[0] ?? next.evidence).id}`);
    link.querySelector("[data-next-code]").textContent = next.question;
  }
}

// Where there is nothing to choose, words are the answer.
function answered(block, values) {
  return Boolean(block.choices.length ? values.get(block.question) : block.content().evidence.trim());
}

function promptsOf(block) {
  return block.root.dataset.prompts.split(" ").filter(Boolean);
}

function judge(block, judged, prompts) {
  block.root.querySelector("[data-yes]").textContent = prompts.filter((value) => value === "yes").length;
  const found = againstPrompts(judged, prompts);
  const [mine, theirs] = [judged, opposite(judged)].map((value) => block.words({ value }));
  block.root.querySelector("[data-despite]").hidden = !found;
  if (!found) return;
  const sentence = `You answered ${mine}, but ${found.count} of ${found.of} prompts are ${theirs}. Say why`;
  block.root.querySelector("[data-despite-words]").textContent = sentence;
}

function markChanged(block) {
  if (!same(block.original().content, block.content())) block.root.dataset.changed = "";
}
