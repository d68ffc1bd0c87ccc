// A form is sent once, however often its button is pressed, and the button says that something is happening.
let busy = [];

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") === "dialog") return;
  // What is answered with a file leaves the page as it is.
  if (form.hasAttribute("data-file")) return;
  if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
  form.setAttribute("aria-busy", "true");
  const button = event.submitter;
  busy.push({ form, button, label: null });
  if (!button) return;
  // Not disabled: a disabled button would lose focus, and its name and value would not be sent.
  button.setAttribute("aria-busy", "true");
  if (button.dataset.busy) {
    busy.at(-1).label = [...button.childNodes];
    button.replaceChildren(button.dataset.busy);
  }
});

// Coming back with the Back button shows the page as it was left: make its buttons usable again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const { form, button, label } of busy) {
    form.removeAttribute("aria-busy");
    button?.removeAttribute("aria-busy");
    if (label) button.replaceChildren(...label);
  }
  busy = [];
});
