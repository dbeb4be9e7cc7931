// Every page of the Inspectorate's people but the open case read: what they have not sent and this computer keeps.
import { sessionOf } from "./case_read/session.js";
import { stuckBox, workBoxes } from "./unsent/lists.js";
import { anythingKept, openVault } from "./unsent/open.js";
import { SignOut } from "./unsent/sign-out.js";
import { askOthersToSend, liveTabs } from "./unsent/tabs.js";
import { sayWho } from "./unsent/worker.js";

async function show(session) {
  if (!(await anythingKept())) return;
  const vault = await openVault(session);
  if (!vault || vault === "never") return;
  const rows = await vault.mine("drafts");
  if (rows.length) askOthersToSend();
  const work = document.querySelector("[data-unsent-work]");
  if (work) work.append(...workBoxes(rows, vault));
  const living = await liveTabs();
  const here = rows.filter(({ words }) => words.path === location.pathname && !living.has(words.tab));
  if (here.length) document.querySelector("main").prepend(stuckBox(here, vault));
}

const session = sessionOf(document);
if (session) {
  sayWho(session.person);
  new SignOut(document.querySelector("form[data-person]"));
  show(session);
}
