// Parts of a page that can be replaced by the same parts of a newer answer: elements with data-swap and a stable id.

/** Fetch a page of ours. Anything but a plain answer of the same page (signed out, error, moved) is left to a real navigation. */
export async function fetchPage(url, options = {}) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" }, ...options });
  if (answer.redirected || !answer.ok) throw new Error(`answered ${answer.status}`);
  return parse(await answer.text());
}

/** A parsed copy in which no script runs. */
export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

/** Replace every region that the newer page has as well; the element with focus keeps its place if it is still there. */
export function swap(newer) {
  const focused = document.activeElement?.id;
  const lost = [];
  for (const region of document.querySelectorAll("[data-swap][id]")) {
    const twin = newer.getElementById(region.id);
    if (!twin) continue;
    if (region.contains(document.activeElement)) lost.push(region);
    region.replaceWith(document.adoptNode(twin));
  }
  if (newer.title) document.title = newer.title;
  // Focus goes to the twin of what had it, else to the heading: never to the body, never to a button that does something.
  if (lost.length) (focused && document.getElementById(focused) || document.querySelector("h1"))?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("vestibule:swapped"));
}

/** Speak without moving focus. */
export function announce(text) {
  const said = document.getElementById("said");
  if (said && text) said.textContent = text;
}
