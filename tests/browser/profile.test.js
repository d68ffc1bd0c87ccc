// A person's own profile: details, another address, the language, where they are signed in, their data as a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { linkIn, startMailServer } from "./mail.js";
import { inspect, open } from "./page.js";
import { databases, install } from "./server.js";
import { PASSWORD, createBusiness, findContact, hanaComesIn, importFile } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email;Cell phone
BRC-01;Bramble Civil;Devika;Rao;devika.rao@bramble.test;0491 570 006
`;

for (const database of databases) {
  test(`u4: Devika looks after her own account (${database})`, async (t) => {
    const mail = await startMailServer(t);
    const vestibule = await install(t, { database, mail: mail.settings("starttls") });
    const link = await createBusiness(vestibule);
    const site = await vestibule.serve();
    const hana = await hanaComesIn(t, site, link);
    await importFile(hana, "clients.csv", FILE);
    await hana.getByRole("button", { name: /^Import/ }).click();
    await hana.getByRole("heading", { name: "Imported" }).waitFor();
    await findContact(hana, "devi", "Devika Rao");
    const contact = hana.url();
    await hana.getByRole("button", { name: "Invite to portal" }).click();
    const letter = await mail.letter("devika.rao@bramble.test");
    const devika = await open(t, site, new URL(linkIn(letter, "/invitation/")).pathname);
    await devika.getByRole("textbox", { name: "Create a password" }).fill(PASSWORD);
    await devika.getByRole("button", { name: "Create my account" }).click();
    await devika.getByRole("checkbox", { name: /I have read and accept/ }).check();
    await devika.getByRole("button", { name: "Accept and continue" }).click();
    await devika.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();

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
      const there = await open(t, site, path, { width: 375 });
      await inspect(there, "confirm-own-address");
      await there.getByRole("button", { name: "Confirm this email" }).click();
      await there.getByRole("heading", { name: "Your new email is confirmed" }).waitFor();
      await devika.reload();
      await devika.getByLabel("Email").fill("devika@rao.test");
      await devika.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
      await devika.getByRole("button", { name: "Sign in", exact: true }).click();
      await devika.getByRole("heading", { name: "Profile and security" }).waitFor();
    });

    await t.test("u4_she_ends_another_session_and_takes_her_data", async () => {
      const phone = await open(t, site, "/portal/tidewater/sign-in", { width: 375 });
      await phone.getByLabel("Email").fill("devika@rao.test");
      await phone.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
      await phone.getByRole("button", { name: "Sign in", exact: true }).click();
      await phone.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();
      await devika.reload();
      await devika.getByRole("button", { name: "Sign out everywhere else" }).click();
      await devika.getByText("You’re signed out everywhere else").waitFor();
      await phone.reload();
      await phone.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
      const arriving = devika.waitForEvent("download");
      await devika.getByRole("link", { name: "Download" }).click();
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
