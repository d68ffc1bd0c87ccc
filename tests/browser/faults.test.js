// What happens around the program goes wrong: the database is away at start, goes away later, comes back; the disk is full.

import assert from "node:assert/strict";
import { test } from "node:test";
import { within } from "./ending.js";
import { inspect, open } from "./page.js";
import { relay } from "./relay.js";
import { databases, install } from "./server.js";

const INIT = ["init", "--business", "Tidewater Haulage", "--email", "hana@tidewater.test", "--first-name", "Hana", "--last-name", "Whitlock"];
const PASSWORD = "marmot anvil quilt dune";

/** Asks again and again until the server is ready; each question waits for its answer. */
async function ready(site) {
  await within(20, "the server to be ready", (async () => {
    while ((await fetch(`${site.address}/readyz`)).status !== 200);
  })());
}

for (const database of databases.filter((name) => name === "postgres")) {
  test(`a database that is away at start and later is waited for (${database})`, async (t) => {
    const vestibule = await install(t, { database });
    const way = await relay(t, vestibule.sections.database.url);
    vestibule.sections.database.url = way.url;

    way.cut();
    const site = await vestibule.serve();
    assert.equal((await fetch(`${site.address}/healthz`)).status, 200, "the process answers");
    assert.equal((await fetch(`${site.address}/readyz`)).status, 503, "but it is not ready");
    const away = await fetch(`${site.address}/console/sign-in`);
    assert.equal(away.status, 503);
    assert.ok(Number(away.headers.get("retry-after")) > 0);
    assert.match(await away.text(), /The database cannot be reached. Nothing was lost/);

    way.mend();
    await ready(site);
    const link = /http\S+\/console\/welcome\/\S+/.exec(await vestibule.run(...INIT))[0];
    const hana = await open(t, site, new URL(link).pathname);
    await hana.getByRole("textbox", { name: "Create a password" }).fill(PASSWORD);
    await hana.getByRole("button", { name: "Set password and sign in" }).click();
    await hana.getByRole("heading", { name: "Overview" }).waitFor();

    way.cut();
    await hana.goto("/console");
    await hana.getByRole("heading", { name: "We’ll be back in a moment" }).waitFor();
    await inspect(hana, "database-away");
    way.mend();
    await ready(site);
    await hana.getByRole("link", { name: "Try again" }).click();
    await hana.getByRole("heading", { name: "Overview" }).waitFor();
  });
}
