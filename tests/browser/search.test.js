// Finding people: the list of portal users with its filters and keys (P1, P2), why somebody cannot get in (P8), and the
// search for everything (Ctrl K).

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { linkIn, startMailServer } from "./mail.js";
import { axe, fits, inspect, open, shot } from "./page.js";
import { databases, install } from "./server.js";
import { PASSWORD, createBusiness, hanaComesIn } from "./staff.js";

const LONG = "meilin.castellanos-whitford@lanternstreettheatre.example.com";
const PEOPLE = [
  ["Devika", "Rao", "devika.rao@bramble.test", "Bramble Civil"],
  ["Marcus", "Feld", "marcus.feld@bramble.test", "Bramble Civil"],
  ["Tamsin", "Gould", "tamsin.gould@dockside.test", "Dockside Strata Committee"],
  ["Mei-Lin", "Castellanos-Whitford", LONG, "Lantern Street Theatre"],
  ["Joel", "Okafor", "joel.okafor@marlow.test", "Marlow Property Group"],
  ["Lucy", "Nakamura", "lucy.nakamura@marlow.test", "Marlow Property Group"],
  ["Grace", "Tuilagi", "grace.tuilagi@pemberton.test", "Pemberton Quarries"],
  ["Priya", "Raman", "priya.raman@marlow.test", "Marlow Property Group"],
  ["Omar", "Haddad", "omar.haddad@bramble.test", "Bramble Civil"],
  ["Ingrid", "Solheim", "ingrid.solheim@coldstream.test", "Coldstream Dairy Co-op"],
  ["Zoe", "Abel", "zoe.abel@coldstream.test", "Coldstream Dairy Co-op"],
];
/** Recorded as contacts, and not portal users. */
const OTHERS = [
  ["Layla", "Haddad", "layla.haddad@pemberton.test", "Pemberton Quarries"],
  ["Ruben", "Ortiz", "ruben.ortiz@pemberton.test", "Pemberton Quarries"],
];

for (const database of databases) {
  test(`finding people, and why they cannot get in (${database})`, async (t) => {
    const mail = await startMailServer(t);
    const vestibule = await install(t, { database, mail: mail.settings("starttls") });
    const link = await createBusiness(vestibule);
    const file = join(vestibule.folder, "people.csv");
    const lines = [...PEOPLE, ...OTHERS].map(([first, last, email, client]) => `${client},${client},${first},${last},${email}`);
    await writeFile(file, `Client reference,Client name,First name,Last name,Email\n${lines.join("\n")}\n`);
    await vestibule.run("import", file, "--yes");
    const site = await vestibule.serve();
    const hana = await hanaComesIn(t, site, link);
    await everybodyJoins(hana, site, mail);
    const names = () => hana.locator("#rows a.name").allTextContents();
    const said = (text) => hana.locator("#said").filter({ hasText: text }).waitFor({ state: "attached" });

    await t.test("p1_every_header_sorts_both_ways", async () => {
      await hana.goto("/console/portal-users");
      assert.equal((await names()).length, PEOPLE.length);
      for (const head of ["Name", "Email", "Company", "Status", "Terms", "Last sign-in"]) {
        const column = hana.getByRole("columnheader", { name: head });
        if ((await column.getAttribute("aria-sort")) !== "ascending") await column.getByRole("link").click();
        await hana.locator(`th[aria-sort=ascending]`, { hasText: head }).waitFor();
        const up = await names();
        await column.getByRole("link").click();
        await hana.locator(`th[aria-sort=descending]`, { hasText: head }).waitFor();
        assert.deepEqual(await names(), up.toReversed(), head);
      }
    });

    await t.test("p1_pages_both_ways_with_the_place_in_the_address", async () => {
      await hana.goto("/console/portal-users?sort=email&dir=desc");
      await hana.getByLabel("Per page").selectOption("10");
      await hana.waitForURL(/per=10/);
      assert.equal((await names()).length, 10);
      assert.match(hana.url(), /sort=email/);
      await hana.getByRole("link", { name: "Next" }).click();
      await hana.waitForURL(/after=/);
      assert.deepEqual(await names(), ["Devika Rao"]);
      await hana.getByText("11 to 11 of 11").waitFor();
      await hana.reload();
      assert.deepEqual(await names(), ["Devika Rao"]);
      await hana.getByRole("link", { name: "Previous" }).click();
      await hana.getByText("1 to 10 of 11").waitFor();
    });

    await t.test("p2_search_as_you_type_keeps_the_focus_and_leaves_one_step_of_history", async () => {
      await hana.goto("/console/portal-users");
      const before = await hana.evaluate(() => history.length);
      const box = hana.getByRole("searchbox");
      await box.pressSequentially("marlow", { delay: 120 });
      await said("3 people");
      assert.deepEqual(await names(), ["Joel Okafor", "Lucy Nakamura", "Priya Raman"]);
      assert.ok(await box.evaluate((input) => input === document.activeElement), "the text keeps the focus");
      assert.equal(await box.inputValue(), "marlow");
      assert.equal(await hana.evaluate(() => history.length), before + 1, "one stretch of typing is one step back");
      assert.match(hana.url(), /q=marlow/);
      await hana.goBack();
      await hana.getByText("11 people").first().waitFor();
      assert.equal(await box.inputValue(), "");
      await hana.goForward();
      await hana.waitForURL(/q=marlow/);
      await hana.locator("#count", { hasText: "3 people" }).waitFor();
    });

    await t.test("p2_filters_are_chips_that_come_off_one_by_one", async () => {
      await hana.goto("/console/portal-users?q=a");
      await hana.getByRole("button", { name: "Status" }).click();
      await hana.getByRole("checkbox", { name: /^Active/ }).check();
      await hana.locator("#f-status").getByRole("button", { name: "Apply" }).click();
      await hana.waitForURL(/status=active/);
      await hana.getByRole("button", { name: "Client" }).click();
      await hana.getByLabel("Name or reference of the client").fill("Bramble Civil");
      await hana.locator("#f-client").getByRole("button", { name: "Apply" }).click();
      await hana.waitForURL(/client=/);
      assert.equal(await hana.locator(".chip").count(), 2);
      await hana.getByRole("link", { name: "Remove filter: Status: Active" }).click();
      await hana.locator(".chip", { hasText: "Client: Bramble Civil" }).waitFor();
      assert.equal(await hana.locator(".chip").count(), 1);
      assert.match(hana.url(), /q=a/, "the search stays");
      await hana.getByRole("link", { name: "Clear filters" }).click();
      await hana.waitForURL((url) => !url.search.includes("client="));
      assert.equal(await hana.getByRole("link", { name: /^Active \d|^Active/ }).first().getByText("11").count(), 1, "tabs are counted");
    });

    await t.test("p2_nobody_fits", async () => {
      await hana.goto("/console/portal-users");
      await hana.getByRole("searchbox").fill(`${"x".repeat(60)}@nowhere.test`);
      await hana.getByRole("heading", { name: "Nobody fits" }).waitFor();
      await said("0 people");
      await inspect(hana, "portal-users-nobody");
    });

    await t.test("p1_keyboard_only", async () => {
      await hana.goto("/console/contacts");
      const focused = () => hana.evaluate(() => document.activeElement.textContent.trim());
      await hana.keyboard.press("j");
      const [first, second] = await names();
      assert.equal(await focused(), first);
      await hana.keyboard.press("j");
      assert.equal(await focused(), second);
      await hana.keyboard.press("x");
      assert.ok(await hana.getByRole("checkbox", { name: `Select ${second}` }).isChecked(), "x ticks the row");
      await shot(hana, "contacts-keys");
      await hana.keyboard.press("x");
      await hana.keyboard.press("k");
      assert.equal(await focused(), first);
      await hana.keyboard.press("k");
      assert.equal(await focused(), first, "the first row is the first");
      await hana.keyboard.press("?");
      await hana.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
      await axe(hana);
      await hana.keyboard.press("j");
      await hana.keyboard.press("Escape");
      assert.equal(await hana.getByRole("dialog").count(), 0);
      await hana.keyboard.press("/");
      await hana.keyboard.type("jk?x/");
      assert.equal(await hana.getByRole("searchbox").inputValue(), "jk?x/", "keys are letters while typing");
      await said("0 contacts");
      await hana.goto("/console/clients");
      await hana.keyboard.press("j");
      assert.equal(await focused(), "Bramble Civil");
      await hana.goto("/console/portal-users");
      await hana.keyboard.press("/");
      await hana.keyboard.type("devika");
      await said("1 person");
      await hana.keyboard.press("Tab");
      await hana.evaluate(() => document.activeElement.blur());
      await hana.keyboard.press("j");
      await hana.keyboard.press("Enter");
      await hana.getByRole("heading", { level: 1, name: "Devika Rao" }).waitFor();
    });

    await t.test("p1_p2_without_scripts", async () => {
      const plain = await open(t, site, "/console/sign-in", { scripts: "off" });
      await plain.getByLabel("Work email").fill("hana@tidewater.test");
      await plain.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await plain.getByRole("button", { name: "Sign in" }).click();
      await plain.goto("/console/portal-users?per=10");
      await plain.getByRole("searchbox").fill("marlow");
      await plain.getByRole("searchbox").press("Enter");
      await plain.waitForURL(/q=marlow/);
      assert.equal(await plain.locator("#rows a.name").count(), 3);
      await plain.getByRole("columnheader", { name: "Email" }).getByRole("link").click();
      await plain.waitForURL(/sort=email/);
      await plain.getByRole("searchbox").fill("why devika.rao@bramble.test");
      await plain.getByRole("searchbox").press("Enter");
      await plain.waitForURL(/\/console\/why\?q=devika/);
      await plain.getByRole("link", { name: /Search clients, contacts/ }).click();
      await plain.getByRole("searchbox").fill("raman");
      await plain.getByRole("button", { name: "Search" }).click();
      await plain.getByRole("link", { name: /Priya Raman/ }).first().click();
      await plain.getByRole("heading", { level: 1, name: "Priya Raman" }).waitFor();
    });

    await t.test("global_search_by_keyboard_alone", async () => {
      await hana.goto("/console");
      await hana.keyboard.press("Control+k");
      const text = hana.getByRole("combobox", { name: /Search clients/ });
      await hana.getByRole("option", { name: "Audit log" }).waitFor();
      await inspect(hana, "search-dialog");
      await hana.keyboard.type("rao");
      await hana.getByRole("option", { name: /Devika Rao/ }).first().waitFor();
      const chosen = hana.locator("[role=option][aria-selected=true]");
      await chosen.filter({ hasText: "Devika Rao" }).waitFor();
      assert.equal(await text.getAttribute("aria-expanded"), "true");
      assert.equal(await text.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
      await inspect(hana, "search-dialog-found");
      await hana.keyboard.press("Enter");
      await hana.getByRole("heading", { level: 1, name: "Devika Rao" }).waitFor();

      await hana.keyboard.press("Control+k");
      await hana.keyboard.type("switch the portal");
      await chosen.filter({ hasText: "Switch the portal off" }).waitFor();
      await hana.keyboard.press("Enter");
      await hana.getByRole("heading", { name: /Switch the client portal of Tidewater Haulage off/ }).waitFor();

      await hana.goto("/console/clients");
      await hana.keyboard.press("j");
      await hana.keyboard.press("Control+k");
      await hana.keyboard.type("marlow");
      await chosen.filter({ hasText: "Joel Okafor" }).waitFor();
      await hana.keyboard.press("ArrowDown");
      await chosen.filter({ hasText: "Lucy Nakamura" }).waitFor();
      await hana.keyboard.press("ArrowUp");
      await hana.keyboard.press("ArrowUp");
      await chosen.filter({ hasText: "Marlow Property Group" }).waitFor();
      await hana.keyboard.press("Escape");
      assert.equal(await hana.getByRole("dialog").count(), 0);
      assert.equal(await hana.evaluate(() => document.activeElement.textContent.trim()), "Bramble Civil", "the focus comes back");
    });

    await t.test("global_search_nothing_fits_and_its_own_page", async () => {
      await hana.keyboard.press("Control+k");
      await hana.keyboard.type("zzz nobody");
      await hana.locator("#find-said", { hasText: "Nothing fits “zzz nobody”" }).waitFor();
      await axe(hana);
      await hana.keyboard.press("Enter");
      await hana.waitForURL(/\/console\/search\?q=zzz\+nobody/);
      await inspect(hana, "search-nothing");
      await hana.getByRole("searchbox").fill("lantern");
      await hana.getByRole("searchbox").press("Enter");
      await hana.getByRole("link", { name: /Mei-Lin/ }).first().waitFor();
      await inspect(hana, "search");
    });

    await t.test("p8_from_the_lists_search", async () => {
      await hana.goto("/console/portal-users");
      const box = hana.getByRole("searchbox");
      await box.fill("why devika");
      await said("1 person. Press Enter to see why they can’t get in.");
      assert.deepEqual(await names(), ["Devika Rao"]);
      assert.ok(hana.url().includes("/console/portal-users"), "nobody is led away while typing");
      await inspect(hana, "portal-users-why");
      await box.press("Enter");
      await hana.waitForURL(/\/console\/why\?q=devika\.rao/);
      await hana.getByRole("heading", { name: /Devika Rao .*gets? in to Bramble Civil/ }).waitFor();
      await inspect(hana, "why");
    });

    await t.test("p8_from_ctrl_k_for_a_name_that_several_have", async () => {
      await hana.keyboard.press("Control+k");
      await hana.keyboard.type("why haddad");
      await hana.locator("[aria-selected=true]", { hasText: "Why can’t haddad get in?" }).waitFor();
      await hana.keyboard.press("Enter");
      await hana.getByRole("heading", { name: "Who do you mean?" }).waitFor();
      await inspect(hana, "why-name");
      await hana.getByRole("link", { name: /Omar Haddad/ }).click();
      await hana.getByRole("heading", { name: /Omar Haddad .*Bramble Civil/ }).waitFor();
    });

    await t.test("p8_a_mail_that_bounced_shows_its_reason_and_the_remedy", async () => {
      await mail.refuse(550, { to: "ruben.ortiz@pemberton.test", text: "5.1.1 No such mailbox" });
      await invite(hana, ["ruben.ortiz@pemberton.test"]);
      await mail.next("refused");
      await mail.accept();
      await hana.goto("/console/why?q=ruben.ortiz%40pemberton.test");
      await hana.getByText(/the mail server refused the address/).waitFor();
      await hana.locator("#mail").getByText("Bounced").waitFor();
      await inspect(hana, "why-bounced");
      await hana.getByRole("link", { name: "Correct the address" }).click();
      await hana.getByRole("heading", { level: 1, name: "Ruben Ortiz" }).waitFor();
    });

    await t.test("p8_an_address_that_nobody_knows", async () => {
      await hana.goto("/console/why");
      await inspect(hana, "why-empty");
      await hana.getByRole("searchbox").fill("omra.haddad@bramble.test");
      await hana.getByRole("button", { name: "Check" }).click();
      await hana.getByText("knows nobody with the address omra.haddad@bramble.test").waitFor();
      await hana.getByText("Portal user, 1 letter differs").waitFor();
      await hana.getByText("Contact, has that surname").waitFor();
      await hana.getByText("Nothing was mailed to this address.").waitFor();
      await inspect(hana, "why-unknown");
      await hana.setViewportSize({ width: 375, height: 812 });
      for (const [often, answer] of [[2, /knows nobody with the address very-long/], [9, /Nobody is called “very-long/]]) {
        await hana.getByRole("searchbox").fill(`${"very-long-".repeat(often)}${LONG}`);
        await hana.getByRole("button", { name: "Check" }).click();
        await hana.getByText(answer).first().waitFor();
        await fits(hana);
      }
    });
  });
}

/** Hana invites contacts, by their addresses, as the buttons of the list do. */
async function invite(hana, addresses) {
  for (const address of addresses) {
    await hana.goto(`/console/contacts?q=${encodeURIComponent(address)}`);
    const contact = await hana.locator("#rows a.name").getAttribute("href");
    const status = await hana.evaluate(async (path) => (await fetch(path, { method: "POST" })).status, `${contact}/invite`);
    assert.equal(status, 200, address);
  }
}

/** Everybody is invited, and accepts. */
async function everybodyJoins(hana, site, mail) {
  await invite(hana, PEOPLE.map(([, , email]) => email));
  for (const [first_name, last_name, email] of PEOPLE) {
    const link = linkIn(await mail.letter(email), "/invitation/");
    const answer = await fetch(link, {
      method: "POST",
      redirect: "manual",
      headers: { origin: site.address },
      body: new URLSearchParams({ first_name, last_name, password: PASSWORD }),
    });
    assert.equal(answer.status, 303, email);
  }
}
