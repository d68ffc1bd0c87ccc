// Ctrl K: search everything while typing. The search is a page of its own; here its findings become the options of a list box
// under the text, which keeps the focus (the combobox pattern of WAI-ARIA). Enter opens the chosen one, or else the page.
import { fetchPage } from "./regions.js";

const PAUSE = 150;
const dialog = document.getElementById("find");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const said = dialog?.querySelector("[role=status]");
let timer = 0;
let running = null; // the request that is under way: an older answer must never overwrite a newer one

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

/** The findings of the page as groups of options. */
function show(found) {
  const groups = [...found.querySelectorAll("section")];
  for (const group of groups) {
    group.setAttribute("role", "group");
    const title = group.querySelector("h2");
    title.id = `find-${title.id}`; // the page underneath may be the search itself
    title.setAttribute("role", "presentation");
    group.setAttribute("aria-labelledby", title.id);
    for (const part of group.querySelectorAll("ul, li")) part.setAttribute("role", "presentation");
  }
  list.replaceChildren(...groups.map((group) => document.adoptNode(group)));
  list.querySelectorAll("a").forEach((link, n) => {
    Object.assign(link, { id: `find-${n}`, tabIndex: -1 });
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
  });
  said.textContent = found.querySelector("p").textContent;
  list.hidden = !groups.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  choose(input.value.trim() ? options()[0] : null);
}

async function ask() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const url = new URL(input.form.action);
  url.searchParams.set("q", input.value);
  list.setAttribute("aria-busy", "true");
  try {
    show((await fetchPage(url, { signal })).getElementById("found"));
  } catch {
    if (!signal.aborted) said.textContent = "The search does not answer. Press Enter to see why.";
  } finally {
    if (!signal.aborted) list.removeAttribute("aria-busy");
  }
}

function later() {
  clearTimeout(timer);
  choose(null); // what is shown is older than what is typed: Enter goes to the page
  timer = setTimeout(ask, PAUSE);
}

function move(step) {
  const all = options();
  const at = all.indexOf(chosen());
  choose(all[at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length]);
}

if (dialog) {
  input.addEventListener("focus", () => { input.select(); ask(); });
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && chosen()) chosen().click();
    else return;
    event.preventDefault();
  });
  input.form.addEventListener("submit", () => clearTimeout(timer));
  list.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== chosen()) choose(option);
  });
  list.addEventListener("click", () => dialog.close()); // also where the page stays: a file that is handed out
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); }); // beside it
  dialog.addEventListener("close", () => { clearTimeout(timer); running?.abort(); });
}
