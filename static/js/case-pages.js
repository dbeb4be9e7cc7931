// The worker of the case pages: a section, or the notes, of a case that was open opens again without a connection. No other page is ever kept.
// A kept page lies on the computer locked, like an unsent answer; the key is in this worker's memory and nowhere else.
import { Keys } from "./unsent/keys.js";
import { notConnected, staticFiles, titleOf, withMark } from "./unsent/pages.js";
import { openStore } from "./unsent/store.js";
import { Vault } from "./unsent/vault.js";

const CASE_PAGE = /^\/inspections\/[^/]+\/cases\/[^/]+\/(read\/[^/]+|notes)\/$/;
const WORDS = "/not-connected/";
const CACHE = "static";
const MOST_PAGES = 12;
const GATEWAYS = new Set([502, 503, 504]); // the server is down, and something in front of it says so

let keys = null;
let person = null;
const passed = new Map(); // path -> the page that went through before its key came

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepWords());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(hear(event.data, event.ports[0])));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const address = new URL(url);
  if (method !== "GET" || address.origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event, address.pathname));
  else if (address.pathname.startsWith("/static/")) event.respondWith(fetch(event.request).catch(() => fromCache(event.request)));
});

async function page(event, path) {
  let response = null;
  try {
    response = await fetch(event.request);
    if (path === "/sign-in/") forget();
    if (!GATEWAYS.has(response.status)) {
      if (CASE_PAGE.test(path) && response.ok && !response.redirected) event.waitUntil(pass(path, response.clone()));
      return response;
    }
  } catch {
    // There is no connection; what is kept has to do.
  }
  return (await keptPage(path)) ?? response ?? (await words());
}

async function pass(path, response) {
  passed.set(path, { path, html: await response.text(), headers: [...response.headers] });
  await keep(path);
}

async function hear({ type, ...said }, port) {
  if (type === "person") await meet(said.person);
  else if (type === "keys" && (await meet(said.keys.person, person === null))) await take(said);
  else if (type === "keys?") port.postMessage(keys?.person === said.person ? keys.handed() : null);
  else if (type === "forget") {
    forget();
    await (await openStore())?.clear(["pages", "saved"]);
  }
}

// Whether this is the person whose pages are open here. A page of somebody else makes it forget, a key alone does not.
async function meet(who, isNew = true) {
  if (who === person) return true;
  if (!isNew) return false;
  if (person !== null) await hear({ type: "forget" });
  person = who;
  return true;
}

async function take({ keys: given, path }) {
  keys = new Keys(given);
  if (passed.has(path) || (await keptFor(path))) return keep(path);
  const response = await fetch(path, { credentials: "same-origin", redirect: "error" });
  return response.ok && pass(path, response);
}

function forget() {
  keys = null;
  person = null;
  passed.clear();
}

async function vault() {
  const store = keys && (await openStore());
  return store && new Vault(store, keys);
}

// Newest first; there are few, because somebody reads one case at a time.
async function keptPages(opened) {
  return (await opened.mine("pages")).reverse();
}

async function keptFor(path) {
  const opened = await vault();
  return opened && (await keptPages(opened)).find(({ words: kept }) => kept.path === path);
}

async function keep(path) {
  const opened = await vault();
  const fresh = passed.get(path);
  if (!opened || !fresh) return;
  passed.delete(path);
  const pages = await keptPages(opened);
  const before = pages.filter(({ words: kept }) => kept.path === path);
  await opened.put("pages", before[0]?.id ?? crypto.randomUUID(), fresh);
  await opened.remove("pages", ...[...before.slice(1), ...pages.slice(MOST_PAGES)].map(({ id }) => id));
  await keepStatic(fresh.html);
}

async function keptPage(path) {
  const kept = CASE_PAGE.test(path) ? await keptFor(path) : null;
  return kept && new Response(withMark(kept.words.html), { headers: kept.words.headers });
}

async function words() {
  const kept = await caches.match(WORDS);
  if (!kept) return Response.error();
  const opened = await vault();
  const links = opened ? (await keptPages(opened)).map(({ words: { path, html } }) => ({ path, title: titleOf(html) })) : [];
  return new Response(notConnected(await kept.text(), links), { headers: kept.headers });
}

async function keepWords() {
  const response = await fetch(WORDS, { credentials: "omit" });
  const html = await response.clone().text();
  await (await caches.open(CACHE)).put(WORDS, response);
  await keepStatic(html);
}

async function keepStatic(html) {
  const cache = await caches.open(CACHE);
  for (const address of staticFiles(html)) if (!(await cache.match(address))) await cache.add(address);
}

async function fromCache(request) {
  return (await caches.match(request)) ?? Response.error();
}
