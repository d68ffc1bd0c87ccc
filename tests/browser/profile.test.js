// A person's own profile: details, another address, the language, where they are signed in, their data as a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { linkIn } from "./mail.js";
import { WIDTHS, inspect, open } from "./page.js";
import { home, joins, signIn } from "./person.js";
import { databases } from "./server.js";
import { PASSWORD, invite, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email;Cell phone
BRC-01;Bramble Civil;Devika;Rao;devika.rao@bramble.test;0491 570 006
`;

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`u4: Devika looks after her own account (${database}, ${width} px)`, async (t) => {
      const { mail, site, hana } = await openOffice(t, { database, file: FILE });
      const invitation = await invite(hana, mail, "devi", "Devika Rao", "devika.rao@bramble.test");
      const contact = hana.url();
      const devika = await joins(t, site, invitation, "Bramble Civil", { width });

      await t.test("u4_her_details_change_and_staff_see_where_theirs_differ", async () => {
        await devika.getByRole("button", { name: /Your account/ }).click();
        await devika.getByRole("link", { name: "Profile and security" }).click();
        await devika.getByRole("heading", { name: "Profile and security" }).waitFor();
        await inspect(devika, "profile");
        await devika.getByLabel("Cell phone").fill("call me");
        await devika.getByRole("button", { name: "Save details" }).click();
        await devika.getByRole("alert").waitFor();
        await inspect(devika, "profile-refused");
        await devika.getByLabel("Cell phone").fill("0423 456 789");
        await devika.getByRole("button", { name: "Save details" }).click();
        await devika.getByText("Your details are saved").waitFor();
        await hana.goto(contact);
        await hana.getByText("This phone number does not match the phone number in the contact’s Client Portal account").waitFor();
      });

      await t.test("u4_another_address_is_confirmed_from_there_and_the_old_one_told", async () => {
        await devika.getByLabel("New email").fill("devika@rao.test");
        await devika.getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
        await devika.getByRole("button", { name: "Change email" }).click();
        await devika.getByText("One more step").waitFor();
        await inspect(devika, "profile-email-waiting");
        const told = await mail.letter("devika.rao@bramble.test", { containing: "devika@rao.test" });
        assert.equal(told.subject, "A new email address was asked for");
        const path = new URL(linkIn(await mail.letter("devika@rao.test"), "/confirm/")).pathname;
        const there = await open(t, site, path, { width });
        await inspect(there, "confirm-own-address");
        await there.getByRole("button", { name: "Confirm this email" }).click();
        await there.getByRole("heading", { name: "Your new email is confirmed" }).waitFor();
        await devika.reload();
        await signIn(devika, "devika@rao.test");
        await devika.getByRole("heading", { name: "Profile and security" }).waitFor();
      });

      await t.test("u4_she_ends_another_session_and_takes_her_data", async () => {
        const phone = await open(t, site, "/portal/tidewater/sign-in", { width });
        await signIn(phone, "devika@rao.test");
        await home(phone, "Bramble Civil");
        await devika.reload();
        await devika.getByRole("button", { name: "Sign out everywhere else" }).click();
        await devika.getByText("You’re signed out everywhere else").waitFor();
        await phone.reload();
        await phone.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
        const arriving = devika.waitForEvent("download");
        await devika.getByRole("button", { name: "Download" }).click();
        const data = JSON.parse(await readFile(await (await arriving).path(), "utf8"));
        assert.equal(data.account.email, "devika@rao.test");
        assert.equal(data.businesses[0].client_accounts[0].client, "Bramble Civil");
      });

      await t.test("u4_her_language_goes_with_her_account", async () => {
        await devika.getByLabel("Language of pages and mail").selectOption("es");
        await devika.getByRole("button", { name: "Save language" }).click();
        await devika.getByRole("heading", { name: "Perfil y seguridad" }).waitFor();
        await inspect(devika, "profile-es");
      });
    });
  }
}
