// A page as somebody without a mouse uses it: from stop to stop with Tab, and at each the focus can be seen.

import assert from "node:assert/strict";

/** The most stops that anything on a page may lie behind. */
const MOST_STOPS = 80;

/** Tabs on until `wanted` (a locator) has the focus; fails if it never comes, or if the focus cannot be seen at a stop. */
export async function tabTo(page, wanted) {
  await wanted.waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press("Tab");
    await assertFocusSeen(page);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${wanted} is never reached with the keyboard at ${page.url()}`);
}

/** Tabs to it and presses a key on it: Enter for links and buttons, Space for boxes. */
export async function pressOn(page, wanted, key = "Enter") {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

/** Tabs to a field and types over what is in it. */
export async function typeInto(page, field, text) {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** The focus has a ring of two pixels, lies in the window, and nothing covers it wholly (WCAG 2.4.7, 2.4.11). */
async function assertFocusSeen(page) {
  const said = await page.evaluate(() => {
    const focus = document.activeElement;
    if (!focus || focus === document.body) return ""; // beyond the last stop, in the browser's own bars
    const name = `${focus.tagName.toLowerCase()} “${(focus.getAttribute("aria-label") ?? focus.textContent ?? "").trim().slice(0, 40)}” #${focus.id}`;
    // Some controls are drawn by what is around them, which then wears the ring.
    const ringed = [focus, focus.parentElement, focus.parentElement?.parentElement].find((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/(, |\/ )0\)$/.test(outlineColor);
    });
    if (!ringed) return `${name} has the focus without a ring`;
    const box = ringed.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) return `${name} has the focus, and no size`;
    const inset = 2;
    const points = [0.5, 0, 1].flatMap((x) => [0.5, 0, 1].map((y) => [
      box.left + inset + x * (box.width - 2 * inset),
      box.top + inset + y * (box.height - 2 * inset),
    ]));
    const seen = points.some(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there && (ringed.contains(there) || there.contains(ringed) && there !== document.body && there !== document.documentElement);
    });
    return seen ? "" : `${name} has the focus behind something else, or outside of the window (${Math.round(box.left)}, ${Math.round(box.top)})`;
  });
  assert.equal(said, "", `${said} at ${page.url()}, ${page.viewportSize().width} px`);
}
