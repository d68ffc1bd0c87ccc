// Three tests that must fail; harness.test.js runs them to see that they do.

import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { open } from "../page.js";
import { install } from "../server.js";

const binary = fileURLToPath(new URL("vestibule", import.meta.url));

test("a fault that nobody expected", async (t) => {
  const site = await (await install(t, { binary })).serve();
  await open(t, site, "/uncaught");
});

test("a server that ends by itself", async (t) => {
  const site = await (await install(t, { binary })).serve();
  const page = await open(t, site, "/good");
  process.kill(site.pid, "SIGKILL");
  await page.close();
});

test("a server that never listens", async (t) => {
  const broken = await install(t, { binary: process.execPath });
  await broken.serve();
});
