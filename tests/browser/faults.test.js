// What happens around the program goes wrong: the database is away at start, goes away later, comes back; the disk is full.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { smallDisk } from "./disk.js";
import { within } from "./ending.js";
import { linkIn, startMailServer } from "./mail.js";
import { inspect, open } from "./page.js";
import { relay } from "./relay.js";
import { databases, install } from "./server.js";
import { createBusiness, findContact, hanaComesIn, importFile } from "./staff.js";

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

const HEADER = "Client reference,Client name,First name,Last name,Email";
const PEOPLE = `${HEADER}
BRC-01,Bramble Civil,Devika,Rao,devika.rao@bramble.test
BRC-01,Bramble Civil,Marcus,Feld,marcus.feld@bramble.test
`;

/** Asks the process again and again until something is so. */
async function until(site, what, isSo) {
  await within(60, what, (async () => {
    while (!(await isSo())) assert.equal((await fetch(`${site.address}/healthz`)).status, 200);
  })());
}

for (const database of databases.filter((name) => name === "postgres")) {
  test(`mail goes on by itself when the database is back, and the log stays short (${database})`, async (t) => {
    const mail = await startMailServer(t);
    const secret = "sesame-of-the-database";
    const vestibule = await install(t, { database, mail: mail.settings("none"), settings: { log: { level: "info" } } });
    const way = await relay(t, vestibule.sections.database.url.replace("@", `:${secret}@`));
    vestibule.sections.database.url = way.url;
    const link = await createBusiness(vestibule);
    await writeFile(join(vestibule.folder, "people.csv"), PEOPLE);
    await vestibule.run("import", "people.csv", "--yes");
    const site = await vestibule.serve();
    const hana = await hanaComesIn(t, site, link);
    const invite = async (typed, name) => {
      await findContact(hana, typed, name);
      await hana.getByRole("button", { name: "Invite to portal" }).click();
      await hana.getByRole("button", { name: "Resend Invite" }).waitFor();
    };
    const lines = (pattern) => site.output().split("\n").filter((line) => pattern.test(line)).length;

    // The mail server takes a letter at the very moment at which that cannot be written down.
    await mail.hold();
    await invite("devi", "Devika Rao");
    await mail.next("held");
    way.cut();
    await mail.release();
    await until(site, "the letter not to be written down, twice", () => lines(/could not be written down/) >= 2);
    way.mend();
    await ready(site);
    await until(site, "the letter to be written down", () => lines(/ letter sent letter=/) === 1);
    const [letter, ...more] = await mail.letters();
    assert.equal(more.length, 0, "it has left once");

    // Nothing is in hand: the worker looks for letters ever more seldom.
    const before = site.output().split("\n").length;
    way.cut();
    await until(site, "the worker to have looked in vain, twice", () => lines(/cannot look for letters/) >= 2);
    const said = site.output().split("\n").slice(before);
    // Each connection that was open says once that it is lost.
    assert.ok(said.length <= 2 + 8, `a few lines, not ${said.length}:\n${said.join("\n")}`);
    way.mend();
    await ready(site);
    // It would look again within half a minute; something that is done here tells it that it may look at once.
    await mail.accept();
    await invite("feld", "Marcus Feld");
    const second = await mail.letter("marcus.feld@bramble.test");

    for (const hidden of [secret, ...[letter, second].map((sent) => linkIn(sent, "/invitation/").split("/").at(-1))]) {
      assert.ok(!site.output().includes(hidden), `the log tells a secret: ${hidden}`);
    }
  });
}

test("a full disk: nothing is written by half, lists still answer, and it goes on when there is space again", async (t) => {
  const mail = await startMailServer(t);
  const vestibule = await install(t, { mail: mail.settings("none") });
  const place = join(vestibule.folder, "disk");
  await mkdir(place);
  const disk = await smallDisk(t, place, 48);
  vestibule.binary = await disk.inside(vestibule.binary, vestibule.folder);
  vestibule.sections.database.url = `sqlite:${join(place, "vestibule.db")}`;

  const link = await createBusiness(vestibule);
  await writeFile(join(vestibule.folder, "people.csv"), PEOPLE);
  await vestibule.run("import", "people.csv", "--yes");
  const first = await vestibule.serve();
  const hana = await hanaComesIn(t, first, link);
  const many = Array.from({ length: 4000 }, (_, n) => `LRG-01,Large Estates,Person,Number,person${n}@large.test`);
  await importFile(hana, "many.csv", [HEADER, ...many].join("\n"));
  const preview = new URL(hana.url()).pathname;
  // Started anew, its log takes up no space that could be used again.
  await first.stop();
  const site = await vestibule.serve();

  const says = (page, text) => page.getByText(text).first().waitFor();
  const NO_SPACE = /There is no space left to save this. Nothing was changed. Ask whoever runs Vestibule to free some space, then try again/;
  /** Does what ends in the page that tells of the full disk. */
  const refused = async (act) => {
    const answer = hana.waitForResponse((response) => response.request().method() === "POST");
    await act();
    assert.equal((await answer).status(), 507);
    await hana.getByRole("heading", { name: "There is no space left" }).waitFor();
    await says(hana, NO_SPACE);
  };
  const nothingHappened = async () => {
    assert.match(await vestibule.run("audit", "verify"), /whole/);
    await hana.goto("/console/contacts");
    await says(hana, "Marcus Feld");
    assert.equal(await hana.getByRole("link", { name: "Person Number" }).count(), 0);
    await hana.goto("/console/invitations");
    await says(hana, "Nobody has been invited yet");
  };
  const inviteDevika = async () => {
    await findContact(hana, "devi", "Devika Rao");
    await hana.getByRole("button", { name: "Invite to portal" }).click();
  };

  await t.test("an invitation", async () => {
    await disk.fill();
    await refused(inviteDevika);
    await inspect(hana, "disk-full");
    await nothingHappened();
    assert.equal((await fetch(`${site.address}/console/sign-in`)).status, 200);
  });

  await t.test("an import, at once and in the middle", async () => {
    await hana.goto(preview);
    await refused(() => hana.getByRole("button", { name: /^Import 4,000/ }).click());
    await disk.free();
    await disk.fill({ but: 1024 * 1024 });
    await hana.goto(preview);
    await hana.getByRole("button", { name: /^Import 4,000/ }).click();
    await says(hana, "Nothing was imported");
    await says(hana, NO_SPACE);
    await inspect(hana, "disk-full-import");
    await nothingHappened();
  });

  await t.test("with space again, both go through without a restart", async () => {
    await disk.free();
    await inviteDevika();
    await hana.getByRole("button", { name: "Resend Invite" }).waitFor();
    await mail.letter("devika.rao@bramble.test");
    await hana.goto(preview);
    await hana.getByRole("button", { name: /^Import 4,000/ }).click();
    await hana.getByRole("heading", { name: "Imported" }).waitFor();
    assert.match(await vestibule.run("audit", "verify"), /whole/);
  });
});
