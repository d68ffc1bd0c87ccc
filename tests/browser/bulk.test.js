// Staff do one thing to many people at once (P3), in the real program: looked at first, confirmed, watched, taken back; and
// the program is killed in the middle of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect, open } from "./page.js";
import { databases, install } from "./server.js";
import { PASSWORD, hanaComesIn, importFile } from "./staff.js";

/** A made-up business with so many portal users, and Hana of its staff, who has come in. */
async function busyOffice(t, database, people) {
  const vestibule = await install(t, { database });
  const told = await vestibule.run("seed", "--portal-users", String(people), "--staff", "hana@tidewater.test", "--password", PASSWORD);
  const site = await vestibule.serve();
  const link = new URL(/http\S+\/console\/welcome\/\S+/.exec(told)[0]).pathname;
  return { vestibule, site, hana: await hanaComesIn(t, site, link) };
}

/** How many entries the audit log has; fails if somebody has touched one. */
async function entries(vestibule) {
  const [, n] = /: (\d+) entries, whole/.exec(await vestibule.run("audit", "verify"));
  return Number(n);
}

/** The first number in a text: `2,481 portal users disabled`. */
const numberIn = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(",", ""));

for (const database of databases) {
  test(`p3_bulk_disable_survives_restart (${database})`, async (t) => {
    const { vestibule, site, hana } = await busyOffice(t, database, 5000);
    await hana.goto("/console/portal-users?status=active");
    const before = numberIn(await hana.locator("#count").textContent());
    await hana.getByRole("checkbox", { name: "Select all on this page" }).check();
    await hana.getByText("25 selected").waitFor();
    await inspect(hana, "bulk-ticked");
    await hana.getByRole("checkbox", { name: /Select all [\d,]+ that match/ }).check();
    await hana.locator(".bulkbar").getByRole("button", { name: "Disable…" }).click();

    // A large selection is looked at in the background: the page fills itself in.
    const question = hana.getByRole("heading", { level: 1, name: /^Disable [\d,]+ portal users\?$/ });
    await question.waitFor({ timeout: 60_000 });
    assert.equal(numberIn(await question.textContent()), before);
    await inspect(hana, "bulk-preflight");
    await hana.getByLabel(/Reason/).fill("The depot is closed");
    const recorded = await entries(vestibule);
    await hana.getByRole("button", { name: /^Disable/ }).click();
    await hana.getByRole("heading", { level: 1, name: /^Disabling/ }).waitFor();
    await hana.getByText(/[\d,]+ done/).waitFor({ timeout: 60_000 });
    await site.kill();
    const sofar = numberIn(await hana.getByText(/[\d,]+ done/).textContent());
    assert.ok(sofar < before, `killed in the middle: ${sofar} of ${before}`);

    // The page finds the program again by itself, and the program where it stopped.
    const again = await vestibule.serve();
    const done = hana.getByRole("heading", { level: 1, name: /portal users disabled$/ });
    await done.waitFor({ timeout: 90_000 });
    assert.equal(numberIn(await done.textContent()), before);
    // One entry for each, one for the beginning and one for the end: nobody twice, nobody lost.
    assert.equal((await entries(vestibule)) - recorded, before + 2);
    await inspect(hana, "bulk-done");
    await hana.goto("/console/portal-users?status=active");
    await hana.getByText("Nobody fits").waitFor();

    await hana.goBack();
    const page = hana.url();
    const file = await hana.request.get(`${page}/result`);
    assert.equal((await file.text()).trim().split("\r\n").length, before + 1);
    await hana.getByRole("button", { name: /^Undo: enable/ }).click();
    const undone = hana.getByRole("heading", { level: 1, name: /portal users enabled$/ });
    await undone.waitFor({ timeout: 90_000 });
    assert.equal(numberIn(await undone.textContent()), before);
    await inspect(hana, "bulk-undone");
    await hana.goto("/console/bulk");
    await inspect(hana, "bulk-recent");
    await again.stop();
  });
}

test("p3_bulk_works_without_scripts", async (t) => {
  const { site, hana } = await busyOffice(t, "sqlite", 60);
  const plain = await open(t, site, "/console/sign-in", { scripts: "off" });
  await plain.getByLabel("Work email").fill("hana@tidewater.test");
  await plain.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await plain.getByRole("button", { name: "Sign in" }).click();
  await plain.goto("/console/portal-users?status=active&per=10");
  await plain.getByRole("button", { name: "Actions", exact: true }).click();
  await plain.getByRole("button", { name: "Enable…" }).first().click();
  await plain.getByText("Select at least one person").waitFor();

  const names = await plain.locator("#rows .name").allTextContents();
  for (const name of names.slice(0, 3)) await plain.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  await plain.locator(".bulkbar").getByRole("button", { name: "Disable…" }).click();
  await plain.getByRole("heading", { level: 1, name: "Disable 3 portal users?" }).waitFor();
  for (const name of names.slice(0, 3)) await plain.getByRole("link", { name, exact: true }).waitFor();
  await plain.getByRole("button", { name: "Disable 3 portal users" }).click();
  await plain.getByRole("heading", { level: 1, name: /(Disabling 3 portal users|3 portal users disabled)/ }).waitFor();
  // The other page is told when it is over; a reload shows the same without scripts.
  await hana.goto(plain.url());
  await hana.getByRole("heading", { level: 1, name: "3 portal users disabled" }).waitFor();
  await plain.reload();
  await plain.getByRole("heading", { level: 1, name: "3 portal users disabled" }).waitFor();
  await plain.getByRole("button", { name: /^Undo/ }).click();
  await plain.getByRole("heading", { level: 1, name: /(Enabling 3 portal users|3 portal users enabled|Looking)/ }).waitFor();
});

test("p3_bulk_skips_say_why_and_a_job_can_be_cancelled", async (t) => {
  const { hana } = await busyOffice(t, "sqlite", 60);
  await hana.goto("/console/portal-users?status=active&per=10");
  await hana.getByRole("checkbox", { name: "Select all on this page" }).check();
  await hana.locator(".bulkbar").getByRole("button", { name: "Disable…" }).click();
  await hana.getByRole("button", { name: "Disable 10 portal users" }).click();
  await hana.getByRole("heading", { level: 1, name: "10 portal users disabled" }).waitFor();

  await hana.goto("/console/portal-users?per=100");
  await hana.getByRole("checkbox", { name: "Select all on this page" }).check();
  await hana.locator(".bulkbar").getByRole("button", { name: "Disable…" }).click();
  await hana.getByRole("heading", { level: 1, name: /^Disable \d+ portal users\?$/ }).waitFor();
  await hana.getByRole("heading", { level: 2, name: "Already disabled" }).waitFor();
  await inspect(hana, "bulk-preflight-small");
  await hana.getByRole("button", { name: "Cancel", exact: true }).click();
  await hana.getByText("Discarded").waitFor();
  await hana.getByRole("heading", { level: 1, name: "Portal users" }).waitFor();
});

test("c2_contacts_are_invited_in_bulk", async (t) => {
  const { hana } = await busyOffice(t, "sqlite", 20);
  const rows = Array.from({ length: 30 }, (_, n) => `C-9,Bramble Civil,Person,Number${n},person${n}@bramble.test`);
  await importFile(hana, "clients.csv", `Client reference,Client name,First name,Last name,Email\n${rows.join("\n")}\n`);
  await hana.getByRole("button", { name: /^Import/ }).click();
  await hana.getByRole("heading", { name: "Imported" }).waitFor();
  await hana.goto("/console/contacts?q=bramble.test");
  await hana.getByRole("checkbox", { name: "Select all on this page" }).check();
  await hana.getByRole("checkbox", { name: /Select all 30\+? that match/ }).check();
  await hana.getByRole("button", { name: "Invite to portal…" }).click();
  await hana.getByRole("heading", { level: 1, name: "Invite 30 contacts?" }).waitFor();
  await inspect(hana, "bulk-invite");
  await hana.getByRole("button", { name: "Invite 30 contacts" }).click();
  await hana.getByRole("heading", { level: 1, name: "30 contacts invited" }).waitFor();
  await hana.goto("/console/contacts?q=bramble.test&standing=invited");
  await hana.getByText(/^30\+? contacts$/).waitFor();
});

test("p3_many_are_deleted_and_come_back", async (t) => {
  const { hana } = await busyOffice(t, "sqlite", 60);
  await hana.goto("/console/portal-users?status=active&per=10");
  await hana.getByRole("checkbox", { name: "Select all on this page" }).check();
  await hana.locator(".bulkbar").getByRole("button", { name: "Delete…" }).click();
  await hana.getByRole("heading", { level: 1, name: "Delete 10 portal users?" }).waitFor();
  await hana.getByText("For 30 days they can be restored").waitFor();
  await inspect(hana, "bulk-delete");
  await hana.getByRole("button", { name: "Yes, delete 10 portal users" }).click();
  await hana.getByRole("heading", { level: 1, name: "10 portal users deleted" }).waitFor();
  await hana.getByRole("button", { name: "Undo: restore 10 portal users" }).waitFor();

  await hana.goto("/console/portal-users?status=deleted");
  await hana.getByRole("checkbox", { name: "Select all on this page" }).check();
  await inspect(hana, "bulk-ticked-deleted");
  await hana.locator(".bulkbar").getByRole("button", { name: "Restore…" }).click();
  await hana.getByRole("button", { name: /^Restore \d+ portal users$/ }).click();
  await hana.getByRole("heading", { level: 1, name: /^\d+ portal users restored$/ }).waitFor();
  await hana.goto("/console/portal-users?status=deleted");
  await hana.getByText("Nobody fits").waitFor();
});
