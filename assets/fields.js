// Show and hide a password; dismiss a message; look at a file before it is sent.
document.addEventListener("click", (event) => {
  const reveal = event.target.closest("[data-reveal]");
  if (reveal) {
    const field = document.getElementById(reveal.dataset.reveal);
    const show = field.type === "password";
    field.type = show ? "text" : "password";
    [reveal.textContent, reveal.dataset.hide] = [reveal.dataset.hide, reveal.textContent]; // the two words, in the page's language
    reveal.setAttribute("aria-pressed", String(show)); // the name stays "Show password": the pressed state says the rest
    return;
  }
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) {
    dismiss.closest(".alert").remove();
    document.querySelector("h1")?.focus(); // the button is gone; the heading is a safe place
  }
});

// A password shown on screen must not be remembered as ordinary text by the browser.
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("[data-reveal]")) document.getElementById(button.dataset.reveal).type = "password";
});

// A file that is too large is said so before it goes up; the server says the same.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches("input[type=file][data-most]")) return;
  field.setCustomValidity(field.files[0]?.size > Number(field.dataset.most) ? field.dataset.tooLarge : "");
  field.reportValidity();
});

// What a select with data-go chooses is applied at once; its Apply button is only there for pages without script.
document.addEventListener("change", (event) => {
  if (event.target.matches("select[data-go]")) event.target.form.requestSubmit();
});
