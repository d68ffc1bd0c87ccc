// form[data-live]: a list filter that answers while typing. The form works by itself; this sends it 250 ms after typing stops and
// swaps the rows, the heads, the chips, the count and the pager (data-swap) with the same parts of the answer.
import { announce, fetchPage, swap } from "./regions.js";

const PAUSE = 250;
let timer = 0;
let running = null; // the request that is under way: an older answer must never overwrite a newer one
let shown = location.pathname + location.search; // what the page shows now
let pushed = false; // one entry in the browser's history for one stretch of typing

/** The form's own address without empty fields, so that the URL stays short and can be shared. */
function address(form) {
  const url = new URL(form.getAttribute("action") || location.pathname, location.href); // form.action may be a field called "action"
  url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "")).toString();
  return url;
}

async function refresh(form) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const url = address(form);
  const rows = document.getElementById("rows");
  rows?.setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(url, { signal });
    swap(page);
    history[pushed ? "replaceState" : "pushState"](null, "", url);
    pushed = true;
    shown = location.pathname + location.search;
    announce(document.getElementById("count")?.textContent.trim());
  } catch {
    if (!signal.aborted) location.assign(url); // signed out, offline, or an error: the real page says it
  } finally {
    if (!signal.aborted) rows?.removeAttribute("aria-busy");
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  // Checkboxes in filter sheets wait for Apply; only typing is live.
  if (!form || event.isComposing || !event.target.matches("input[type=search], input[type=text]")) return;
  if (event.target.hasAttribute("data-within")) return; // searches inside a sheet, not the list
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE, form);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-live]")) return;
  clearTimeout(timer); // Enter or Apply: the browser goes there itself, a late answer must not interfere
  running?.abort();
});

document.addEventListener("focusout", (event) => { if (event.target.closest("form[data-live]")) pushed = false; });

// Back and Forward between two filters: show what that address shows. A jump to #something on the same page is none of our business.
addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) location.reload();
});
