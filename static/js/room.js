// The room view: the arrow keys turn the page, as a remote control for slides does.
const TURN = { ArrowLeft: "prev", PageUp: "prev", ArrowRight: "next", PageDown: "next" };

addEventListener("keydown", (event) => {
  const held = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  if (TURN[event.key] && !held) document.querySelector(`[rel="${TURN[event.key]}"]`)?.click();
});
