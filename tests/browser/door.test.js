// The door of a portal: coming in by an invitation, in one's own language and with the keyboard alone; a forgotten password.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkIn, startMailServer } from "./mail.js";
import { inspect, open } from "./page.js";
import { databases, install } from "./server.js";
import { PASSWORD, createBusiness, findContact, hanaComesIn, importFile } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email
BRC-01;Bramble Civil;Devika;Rao;devika.rao@bramble.test
BRC-01;Bramble Civil;Marcus;Feld;marcus.feld@bramble.test
`;
const NEW_PASSWORD = "cobalt ferry lichen otter";

/** A business with two contacts, and the way to invite one. */
async function begin(t, database) {
  const mail = await startMailServer(t);
  const vestibule = await install(t, { database, mail: mail.settings("starttls") });
  const link = await createBusiness(vestibule);
  const site = await vestibule.serve();
  const hana = await hanaComesIn(t, site, link);
  await importFile(hana, "clients.csv", FILE);
  await hana.getByRole("button", { name: /^Import/ }).click();
  await hana.getByRole("heading", { name: "Imported" }).waitFor();
  const invite = async (typed, name, address) => {
    await findContact(hana, typed, name);
    await hana.getByRole("button", { name: "Invite to portal" }).click();
    await hana.getByRole("button", { name: "Resend Invite" }).waitFor();
    return new URL(linkIn(await mail.letter(address), "/invitation/")).pathname;
  };
  return { mail, site, invite };
}

/** Tabs on until the thing with the focus fits, as somebody without a mouse does; fails if it never comes. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is never reached with the keyboard at ${page.url()}`);
}

for (const database of databases) {
  test(`u1_u2: in German, with the keyboard alone, and back in after forgetting the password (${database})`, async (t) => {
    const { mail, site, invite } = await begin(t, database);
    const invitation = await invite("devi", "Devika Rao", "devika.rao@bramble.test");

    const devika = await open(t, site, invitation, { locale: "de-DE", width: 375 });
    await t.test("u1_the_invitation_is_read_in_the_language_of_the_browser", async () => {
      await devika.getByRole("heading", { name: "Ihr Zugang zum Portal für Bramble Civil" }).waitFor();
      assert.equal(await devika.locator("html").getAttribute("lang"), "de");
      await inspect(devika, "invitation-de");
    });

    await t.test("u1_a_page_is_switched_to_another_language_and_back", async () => {
      await devika.getByRole("button", { name: "Français" }).click();
      await devika.getByRole("heading", { name: "Rejoignez le portail pour Bramble Civil" }).waitFor();
      await inspect(devika, "invitation-fr");
      await devika.getByRole("button", { name: "Español" }).click();
      await devika.getByRole("heading", { name: "Únase al portal de Bramble Civil" }).waitFor();
      await inspect(devika, "invitation-es");
      await devika.getByRole("button", { name: "Deutsch" }).click();
      await devika.getByRole("heading", { name: "Ihr Zugang zum Portal für Bramble Civil" }).waitFor();
    });

    await t.test("u1_u2_with_the_keyboard_alone_past_the_terms_to_the_home", async () => {
      await tabTo(devika, "#password");
      await devika.keyboard.type(PASSWORD);
      await devika.keyboard.press("Enter");
      await devika.getByRole("heading", { name: "Nutzungsbedingungen" }).waitFor();
      await inspect(devika, "terms-de");
      await tabTo(devika, "#agree");
      await devika.keyboard.press("Space");
      await tabTo(devika, "button[type=submit]");
      await devika.keyboard.press("Enter");
      await devika.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();
      await inspect(devika, "portal-home-de");
    });

    await t.test("u2_a_forgotten_password_is_set_by_mail_in_her_language", async () => {
      const other = await open(t, site, "/portal/tidewater/sign-in", { width: 375 });
      await other.getByRole("link", { name: "Forgotten your password?" }).click();
      await other.getByLabel("Email").fill("devika.rao@bramble.test");
      await other.getByRole("button", { name: "Mail me a link" }).click();
      await other.getByRole("heading", { name: "Check your mail" }).waitFor();
      const letter = await mail.letter("devika.rao@bramble.test", { containing: "reset" });
      assert.equal(letter.subject, "Neues Passwort festlegen");
      await other.goto(new URL(linkIn(letter, "/reset/")).pathname);
      await other.getByRole("textbox", { name: "New password" }).fill(NEW_PASSWORD);
      await other.getByRole("button", { name: "Set new password" }).click();
      await other.getByText("Your new password is set").waitFor();
      await inspect(other, "sign-in-after-reset");
      await other.getByLabel("Email").fill("devika.rao@bramble.test");
      await other.getByRole("textbox", { name: "Password" }).fill(NEW_PASSWORD);
      await other.getByRole("button", { name: "Sign in", exact: true }).click();
      await other.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();
      assert.equal(await other.locator("html").getAttribute("lang"), "de", "her language goes with her account");
      await devika.reload();
      await devika.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
    });

    await t.test("u1_an_invitation_without_scripts", async () => {
      const path = await invite("marcus", "Marcus Feld", "marcus.feld@bramble.test");
      const marcus = await open(t, site, path, { scripts: "off" });
      await marcus.getByRole("textbox", { name: "Create a password" }).fill(PASSWORD);
      await marcus.getByRole("button", { name: "Create my account" }).click();
      await marcus.getByRole("heading", { name: "Terms and conditions" }).waitFor();
      await marcus.getByRole("button", { name: "Decline and sign out" }).click();
      await marcus.getByText("You’re signed out").waitFor();
    });
  });
}
