// A page in Debian's Chromium as one person sees it: size, theme, with or without scripts.
//
// Whatever goes wrong in the page fails its test: errors on the console, uncaught errors, violations of the
// content security policy, requests to another host, and answers of 400 and above to anything but a page.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { atEnd, within } from "./ending.js";

const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url));
const screenshots = join(target, "screenshots");
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** A computer and a telephone: what a person does is tried at both. */
export const WIDTHS = [1440, 375];
const HEIGHTS = { 1440: 900, 900: 900, 375: 812 };

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Names lead nowhere: a page that asks another host is caught, and gets no answer.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

let browser; // One per test file, with a new profile; each page has a context of its own.
after(async () => (await browser)?.close());

const states = new WeakMap();

/**
 * Opens a page on `site` (what `serve()` answered) for a new person without cookies. `path` is visited at once
 * if given; `scripts: "off"` shows the page as it is without them, `locale: "de-DE"` in a browser that reads German.
 */
export async function open(t, site, path, { width = 1440, theme = "light", scripts = "on", locale = "en-AU" } = {}) {
  browser ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const context = await (await browser).newContext({
    baseURL: site.address,
    viewport: { width, height: HEIGHTS[width] ?? 900 },
    colorScheme: theme,
    javaScriptEnabled: scripts === "on",
    reducedMotion: "reduce",
    timezoneId: "Australia/Sydney",
    locale,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  states.set(page, { ...watch(page, new URL(site.address).origin), theme, scripts });
  atEnd(t, async () => {
    const faults = await faultsOf(page);
    await context.close();
    assert.ok(faults.length === 0, `faults in the page:\n${faults.join("\n")}`);
  });
  if (path !== undefined) await page.goto(path);
  return page;
}

/** Opens another tab in the browser that shows `page`, at the same address. */
export async function openTab(t, page) {
  const tab = await page.context().newPage();
  tab.setDefaultTimeout(15_000);
  const { theme, scripts } = states.get(page);
  states.set(tab, { ...watch(tab, new URL(page.url()).origin), theme, scripts });
  atEnd(t, async () => {
    const faults = await faultsOf(tab);
    assert.ok(faults.length === 0, `faults in the tab:\n${faults.join("\n")}`);
  });
  await tab.goto(page.url());
  return tab;
}

/** Collects what goes wrong in a page; `told` calls back for each fault as it comes. */
function watch(page, origin) {
  const faults = [];
  const told = new Set();
  const fault = (text) => {
    faults.push(text);
    for (const tell of told) tell();
  };
  page.on("pageerror", (error) => fault(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // The answer's status is judged below, where it is known what was asked for.
    if (message.text().startsWith("Failed to load resource")) return;
    fault(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (["data:", "blob:"].includes(url.protocol) || url.origin === origin) return;
    fault(`request to another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() < 400 || response.request().resourceType() === "document") return;
    fault(`status ${response.status()}: ${response.url()}`);
  });
  return { faults, told };
}

/** The faults of a page up to now. */
export async function faultsOf(page) {
  // Whatever happened in the page before it gives this answer has been told by then.
  if (!page.isClosed()) await ask(page, () => document.readyState);
  return [...states.get(page).faults];
}

/** Waits for a fault that the test means to cause, and forgives it. */
export async function expectFault(page, pattern) {
  const { faults, told } = states.get(page);
  let look;
  const found = new Promise((resolve) => {
    look = () => {
      const index = faults.findIndex((text) => pattern.test(text));
      if (index >= 0) resolve(faults.splice(index, 1)[0]);
    };
    told.add(look);
    look();
  });
  try {
    return await within(10, `a fault like ${pattern}`, found);
  } finally {
    told.delete(look);
  }
}

/** Fails with a readable list if axe finds anything on the page as it stands. */
export async function axe(page) {
  assert.equal(states.get(page).scripts, "on", "axe needs a page that was opened with scripts");
  await ask(page, axeSource);
  const violations = await ask(page, async (values) => {
    const result = await globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return result.violations;
  }, RULES);
  const list = violations.map(({ id, help, nodes }) => {
    const places = nodes.map(({ target, failureSummary }) => {
      return `    ${target.join(" ")}\n      ${failureSummary.replaceAll("\n", "\n      ")}`;
    });
    return `  ${id}: ${help}\n${places.join("\n")}`;
  });
  assert.equal(violations.length, 0, `axe at ${page.url()} (${describe(page)}):\n${list.join("\n")}`);
}

/** Writes target/screenshots/NAME-1440-light.png, the whole page. */
export async function shot(page, name) {
  await mkdir(screenshots, { recursive: true });
  const path = join(screenshots, `${name}-${describe(page)}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
  return path;
}

/** Fails if the page is wider than its window. */
export async function fits(page) {
  const { content, window } = await ask(page, () => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  assert.ok(content <= window, `${page.url()} is ${content} px wide in a window of ${window} px (${describe(page)})`);
}

/** Looks at the page as it stands at 1440 and 375 pixels, light and dark: axe, width and a picture of each. */
export async function inspect(page, name) {
  const before = { size: page.viewportSize(), theme: states.get(page).theme };
  for (const width of WIDTHS) {
    for (const theme of ["light", "dark"]) {
      await show(page, { size: { width, height: HEIGHTS[width] }, theme });
      await axe(page);
      await fits(page);
      await shot(page, name);
    }
  }
  await show(page, before);
}

async function show(page, { size, theme }) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme });
  // A page that is open when the system changes its theme keeps some of the old colours in this browser until something on
  // its root changes: here the attribute with which people choose a theme. The new colours are there when they are painted.
  if (states.get(page).scripts === "on") {
    // It may hear of its new size later than the browser: what is pressed before that would be pressed where it stood.
    await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
    await ask(page, (chosen) => {
      document.documentElement.dataset.theme = chosen;
      return new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    }, theme);
  }
  states.get(page).theme = theme;
}

/** Asks the page itself. It has no time limit of its own for that: one that hangs would hang its test without a word. */
const ask = (page, question, value) => within(60, `${page.url()} to answer`, page.evaluate(question, value));

function describe(page) {
  const { theme, scripts } = states.get(page);
  return `${page.viewportSize().width}-${theme}${scripts === "on" ? "" : "-no-scripts"}`;
}
