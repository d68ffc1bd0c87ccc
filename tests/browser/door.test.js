// The door of a portal: coming in by an invitation, in one's own language and with the keyboard alone; a forgotten password.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pressOn, typeInto } from "./keyboard.js";
import { linkIn } from "./mail.js";
import { WIDTHS, inspect, open } from "./page.js";
import { createAccount, home, signIn } from "./person.js";
import { databases } from "./server.js";
import { PASSWORD, invite, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email
BRC-01;Bramble Civil;Devika;Rao;devika.rao@bramble.test
BRC-01;Bramble Civil;Marcus;Feld;marcus.feld@bramble.test
`;
const NEW_PASSWORD = "cobalt ferry lichen otter";

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`u1_u2: in German, with the keyboard alone, and back in after forgetting the password (${database}, ${width} px)`, async (t) => {
      const { mail, site, hana } = await openOffice(t, { database, file: FILE });
      const invitation = await invite(hana, mail, "devi", "Devika Rao", "devika.rao@bramble.test");

      const devika = await open(t, site, invitation, { locale: "de-DE", width });
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
        await typeInto(devika, devika.locator("#password"), PASSWORD);
        await devika.keyboard.press("Enter");
        await devika.getByRole("heading", { name: "Nutzungsbedingungen" }).waitFor();
        await inspect(devika, "terms-de");
        await pressOn(devika, devika.locator("#agree"), "Space");
        await pressOn(devika, devika.getByRole("button", { name: "Zustimmen und fortfahren" }));
        await home(devika, "Bramble Civil");
        await inspect(devika, "portal-home-de");
      });

      await t.test("u2_a_forgotten_password_is_set_by_mail_in_her_language", async () => {
        const other = await open(t, site, "/portal/tidewater/sign-in", { width });
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
        await signIn(other, "devika.rao@bramble.test", NEW_PASSWORD);
        await home(other, "Bramble Civil");
        assert.equal(await other.locator("html").getAttribute("lang"), "de", "her language goes with her account");
        await devika.reload();
        await devika.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
      });

      await t.test("u1_an_invitation_without_scripts", async () => {
        const path = await invite(hana, mail, "marcus", "Marcus Feld", "marcus.feld@bramble.test");
        const marcus = await open(t, site, path, { scripts: "off", width });
        await createAccount(marcus);
        await marcus.getByRole("button", { name: "Decline and sign out" }).click();
        await marcus.getByText("You’re signed out").waitFor();
      });
    });
  }
}
