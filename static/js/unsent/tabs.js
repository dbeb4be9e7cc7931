// The tabs of this browser that have answers in hand: each holds a lock for as long as it lives, so a crash frees it.

const channel = globalThis.BroadcastChannel && new BroadcastChannel("unsent");

export function live(tab) {
  navigator.locks?.request(`unsent ${tab}`, () => new Promise(() => {}));
}

export async function liveTabs() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name }) => name.replace("unsent ", "")));
}

// Asks the other tabs to send what they have, for example because somebody has signed in again.
export function askOthersToSend() {
  channel?.postMessage("send");
}

export function onAsked(listener) {
  channel?.addEventListener("message", listener);
}
