// Locks words with a key that only the server gives (AES-GCM). A row says when it was made and which key opens it, no more.

const encoder = new TextEncoder();

export function importKey(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function seal(keys, id, words) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(how(iv, id), keys.key(keys.current), encoder.encode(JSON.stringify(words)));
  return { id, keyId: keys.current, at: keys.now(), iv, data };
}

// The words, or null for a row that is not this person's or not whole.
export async function unseal(keys, { id, keyId, iv, data }) {
  const key = keys.key(keyId);
  if (!key) return null;
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how(iv, id), key, data)));
  } catch {
    return null;
  }
}

function how(iv, id) {
  return { name: "AES-GCM", iv, additionalData: encoder.encode(id) };
}
