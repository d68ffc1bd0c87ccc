// Progress over server-sent events: [data-events=URL] follows a running job. Each "progress" event carries the same HTML that a plain
// reload would show; "done" closes the stream and fetches the final page.
import { announce, fetchPage, parse, swap } from "./regions.js";

/** Speak at each tenth, not at each step. */
function speaker() {
  let spoken = -1;
  return () => {
    const bar = document.querySelector("[data-events] progress");
    if (!bar) return;
    const tenth = Math.floor((bar.value / bar.max) * 10);
    if (spoken >= 0 && tenth > spoken) announce(document.getElementById(bar.getAttribute("aria-labelledby"))?.textContent);
    spoken = tenth;
  };
}

for (const place of document.querySelectorAll("[data-events]")) {
  const source = new EventSource(place.dataset.events);
  const speak = speaker();
  speak();
  source.addEventListener("progress", ({ data }) => { swap(parse(data)); speak(); });
  source.addEventListener("done", async () => {
    source.close();
    try {
      swap(await fetchPage(location.href));
      announce(document.getElementById("outcome")?.textContent.trim());
    } catch {
      location.reload();
    }
  });
  addEventListener("pagehide", () => source.close()); // a lost connection comes back by itself; a left page must not hold one
}
