// form[data-guard]: leaving with unsaved changes asks first, by the browser's own question.
const state = (form) => new URLSearchParams(new FormData(form)).toString();
// A page that came back with errors holds typed values that are saved nowhere yet: data-guard="unsaved" counts from the start.
const guarded = new Map([...document.querySelectorAll("form[data-guard]")].map((form) => [form, form.dataset.guard === "unsaved" ? null : state(form)]));

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) guarded.delete(event.target); // what is being saved may leave
});

if (guarded.size) {
  addEventListener("beforeunload", (event) => {
    for (const [form, before] of guarded) if (form.isConnected && state(form) !== before) event.preventDefault();
  });
}
