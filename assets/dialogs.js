// Questions. data-dialog="id" opens a <dialog> that is already in the page. data-dialog without a value fetches the confirm page
// the link or button leads to anyway, and asks the same question with the same words right here.
import { fetchPage } from "./regions.js";

/** Opens a dialog of the page. */
export function open(dialog) {
  dialog.showModal(); // gives the focus to the first thing that takes it
  dialog.querySelector(":is(h1, h2)[tabindex]")?.focus(); // a question's heading, never its button: nothing dangerous is armed by Enter
}

/** The confirm page as a request: a link is a GET, a submit button posts its form as it stands. */
function request(trigger) {
  if (trigger.href) return [trigger.href, {}];
  const form = trigger.form;
  return [trigger.formAction, { method: "POST", body: new URLSearchParams(new FormData(form, trigger)) }];
}

async function ask(trigger) {
  const menu = trigger.closest("[popover]"); // closed by now: focus goes back to the button that opened it
  const opener = menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : trigger;
  const [url, options] = request(trigger);
  trigger.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(url, options);
    const question = page.querySelector("[data-confirm]");
    if (!question) throw new Error("no question on that page");
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    dialog.append(...document.adoptNode(question).childNodes);
    const heading = dialog.querySelector("h1");
    const title = document.createElement("h2"); // the page underneath has its own h1
    title.tabIndex = -1;
    title.id = "question";
    title.append(...heading.childNodes);
    heading.replaceWith(title);
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener("close", () => { dialog.remove(); opener.focus(); });
    document.body.append(dialog);
    open(dialog);
  } catch { // whatever went wrong, the page itself says it better
    trigger.removeAttribute("data-dialog");
    trigger.click();
  } finally {
    trigger.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab was asked for
  const trigger = event.target.closest("[data-dialog]");
  if (trigger) {
    event.preventDefault();
    trigger.closest("[popover]")?.hidePopover();
    const here = trigger.dataset.dialog && document.getElementById(trigger.dataset.dialog);
    if (here) open(here); else if (!trigger.hasAttribute("aria-busy")) ask(trigger);
    return;
  }
  const close = event.target.closest("dialog [data-close]");
  if (close) {
    event.preventDefault(); // on the confirm page it is a link back
    close.closest("dialog").close();
  }
});
