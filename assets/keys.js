// Keyboard: "/" the list filter, j and k the rows, x ticks, Enter opens (the link has the focus), "?" lists the keys, Ctrl K
// searches everything.
// Single keys are ignored while typing and can be switched off in that list (WCAG 2.1.4).
import { open } from "./dialogs.js";

const OFF = "vestibule-keys-off";
const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

const switchedOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
const toggle = document.querySelector("[data-keys-toggle]");
if (toggle) {
  toggle.checked = !switchedOff();
  toggle.addEventListener("change", () => {
    try { toggle.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"); } catch { /* private window: lasts for this page */ }
  });
}

function search() {
  const box = document.querySelector("main form[data-live] input[type=search]") ?? document.querySelector("main input[type=search]");
  box?.focus();
  box?.select();
  return Boolean(box);
}

/** Move to the next or previous row's link; from outside the list, to its first row. */
function move(step) {
  const rows = [...document.querySelectorAll("#rows > tr")].filter((row) => row.querySelector("a"));
  if (!rows.length) return false;
  const at = rows.indexOf(document.activeElement.closest("#rows > tr"));
  const row = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
  (row.querySelector("a.name") ?? row.querySelector("a")).focus();
  return true;
}

function tick() {
  const box = document.activeElement.closest("#rows > tr")?.querySelector(".pick input");
  box?.click();
  return Boolean(box);
}

function show(id) {
  const dialog = document.getElementById(id);
  if (dialog) open(dialog);
  return Boolean(dialog);
}

const single = { "/": search, j: () => move(1), k: () => move(-1), x: tick, "?": () => show("keys") };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    if (document.querySelector("dialog[open]") || show("find")) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (switchedOff() || document.querySelector("dialog[open], [popover]:popover-open")) return;
  if (single[event.key]?.()) event.preventDefault();
});
