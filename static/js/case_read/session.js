// Who is signed in now, and the token that their forms carry: read from a fresh copy of this page.

const PATIENCE = 30_000;

// {person, name, token}, or null for nobody or when it cannot be told.
export async function currentSession() {
  try {
    const response = await fetch(location.href, {
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect") return null;
    return sessionOf(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    return null;
  }
}

// Every page holds a form for signing out, which says whose session it is.
export function sessionOf(page) {
  const form = page.querySelector("form[data-person]");
  if (!form) return null;
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  return { person: form.dataset.person, name: form.dataset.personName, token };
}
