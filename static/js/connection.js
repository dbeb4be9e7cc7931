// A form that is posted without a connection would give way to the browser's own error page, with what was typed in it.

const WORDS = "You are not connected. What you typed is still here. Press the button again when you are back.";

let said = null;

export function keepFormsWithoutConnection() {
  document.addEventListener("submit", (event) => {
    if (navigator.onLine || event.defaultPrevented || event.target.method !== "post") return;
    event.preventDefault();
    say(event.submitter ?? event.target);
  });
  window.addEventListener("online", () => said?.remove());
}

function say(beside) {
  said?.remove();
  said = document.createElement("p");
  said.className = "govuk-error-message";
  said.setAttribute("role", "alert");
  (beside.closest(".govuk-button-group") ?? beside).before(said);
  said.textContent = WORDS;
}
