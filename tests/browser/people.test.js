// A portal user's life, as staff live it: added, changed, placed, deleted, restored; and what the person sees of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkIn } from "./mail.js";
import { inspect, open } from "./page.js";
import { home, joins, signIn } from "./person.js";
import { databases } from "./server.js";
import { PASSWORD, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;Client email;First name;Last name;Email;Cell phone
BRC-01;Bramble Civil;office@bramble.test;Marcus;Feld;marcus.feld@bramble.test;
DSC-02;Dockside Strata Committee;office@dockside.test;Tamsin;Gould;tamsin.gould@dockside.test;0491 570 157
`;

for (const database of databases) {
  test(`a portal user's life (${database})`, async (t) => {
    const { mail, site, hana } = await openOffice(t, { database, file: FILE, tls: "none" });

    let invitation;
    await t.test("p4_add_a_portal_user_with_the_companys_email_filled_in", async () => {
      await hana.goto("/console/portal-users");
      await hana.getByRole("link", { name: "Add New User" }).click();
      await hana.getByRole("heading", { level: 1, name: "Add New User" }).waitFor();
      await inspect(hana, "add-user-client");
      await hana.getByRole("searchbox").fill("bramb");
      await hana.waitForURL(/q=bramb/);
      await hana.getByRole("link", { name: /Bramble Civil/ }).click();
      assert.equal(await hana.getByLabel("Email").inputValue(), "office@bramble.test");
      await inspect(hana, "add-user");
      await hana.getByLabel("Email").fill("marcus.feld@bramble.test");
      await hana.getByLabel("First name").fill("Marcus");
      await hana.getByRole("button", { name: "Save User" }).click();
      await hana.getByRole("alert").waitFor();
      await inspect(hana, "add-user-wrong");
      await hana.getByLabel("Last name").fill("Feld");
      await hana.getByRole("button", { name: "Save User" }).click();
      await hana.getByText("can be invited as recorded there").waitFor();
      await inspect(hana, "add-user-known");
      await hana.getByLabel("Email").fill("devika.rao@bramble.test");
      await hana.getByLabel("First name").fill("Devika");
      await hana.getByLabel("Last name").fill("Rao");
      await hana.getByRole("checkbox", { name: "Global Admin" }).check();
      await hana.getByRole("button", { name: "Save User" }).click();
      await hana.getByText("Devika Rao is invited to Bramble Civil").waitFor();
      invitation = linkIn(await mail.letter("devika.rao@bramble.test"), "/invitation/");
    });

    await t.test("p4_without_scripts_a_client_is_found_by_a_search_step", async () => {
      const plain = await open(t, site, "/console/sign-in", { scripts: "off" });
      await plain.getByLabel("Work email").fill("hana@tidewater.test");
      await plain.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
      await plain.getByRole("button", { name: "Sign in" }).click();
      await plain.goto("/console/portal-users/new");
      await plain.getByRole("searchbox").fill("dock");
      await plain.getByRole("button", { name: "Find" }).click();
      await plain.getByRole("link", { name: /Dockside Strata/ }).click();
      assert.equal(await plain.getByLabel("Email").inputValue(), "office@dockside.test");
    });

    const devika = await joins(t, site, new URL(invitation).pathname, "Bramble Civil");
    const start = devika.url();

    await t.test("p5_edit_opens_from_the_row", async () => {
      await hana.goto("/console/portal-users");
      await hana.getByRole("button", { name: "Actions for Devika Rao" }).click();
      await hana.getByRole("link", { name: "Edit" }).click();
      await hana.waitForURL(/#details$/);
      assert.equal(await hana.getByLabel("First name").inputValue(), "Devika");
      await inspect(hana, "portal-user-details");
    });

    const details = new URL(hana.url()).pathname;
    await t.test("p7_a_new_address_is_confirmed_from_there_and_the_old_one_told", async () => {
      await hana.getByLabel("Email").fill("devika@rao.test");
      await hana.getByRole("button", { name: "Save", exact: true }).click();
      await hana.getByRole("heading", { name: "Waiting to be confirmed" }).waitFor();
      await inspect(hana, "portal-user-waiting");
      const confirm = new URL(linkIn(await mail.letter("devika@rao.test"), "/confirm/")).pathname;
      const page = await open(t, site, confirm);
      await page.getByRole("heading", { name: "Confirm your new email" }).waitFor();
      await inspect(page, "confirm");
      await page.getByRole("button", { name: "Confirm this email" }).click();
      await page.getByRole("heading", { name: "Your new email is confirmed" }).waitFor();
      await inspect(page, "confirm-done");
      await devika.goto(start);
      await devika.getByRole("heading", { name: "Sign in" }).waitFor();
      await signIn(devika, "devika@rao.test");
      await home(devika, "Bramble Civil");
    });

    await t.test("p7_leaving_with_unsaved_changes_asks", async () => {
      await hana.goto(details);
      await hana.getByLabel("Last name").fill("Raoul");
      const asked = new Promise((resolve) => hana.once("dialog", async (dialog) => {
        await dialog.dismiss();
        resolve(dialog.type());
      }));
      await hana.getByRole("link", { name: "Portal users", exact: true }).first().click();
      assert.equal(await asked, "beforeunload");
      assert.equal(await hana.getByLabel("Last name").inputValue(), "Raoul", "what was typed is still there");
    });

    await t.test("p7_two_who_edit_at_once_choose_field_by_field", async () => {
      const tom = await open(t, site, "/console/sign-in");
      await tom.getByLabel("Work email").fill("hana@tidewater.test");
      await tom.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
      await tom.getByRole("button", { name: "Sign in" }).click();
      await tom.getByRole("heading", { name: "Overview" }).waitFor();
      await tom.goto(details);
      await tom.getByLabel("Last name").fill("Rao-Feld");
      await tom.getByRole("button", { name: "Save", exact: true }).click();
      await tom.getByText("Name saved").waitFor();
      await hana.getByRole("button", { name: "Save", exact: true }).click();
      await hana.getByText(/changed this person while you were working on it/).waitFor();
      assert.ok(await hana.getByRole("radio", { name: /Rao-Feld/ }).isChecked(), "nothing is overwritten unasked");
      await inspect(hana, "portal-user-conflict");
      await hana.getByRole("radio", { name: /Raoul/ }).check();
      await hana.getByRole("button", { name: "Save", exact: true }).click();
      await hana.getByRole("heading", { level: 1, name: "Devika Raoul" }).waitFor();
    });

    await t.test("p7_group_and_role_with_a_warning_about_the_last_global_admin", async () => {
      await hana.getByRole("button", { name: "Actions for Bramble Civil" }).click();
      await hana.getByRole("link", { name: "Change group or role" }).click();
      await hana.getByText("Devika Raoul is the last Global Admin of Bramble Civil").waitFor();
      await inspect(hana, "portal-user-place");
      await hana.getByRole("checkbox", { name: "Global Admin" }).uncheck();
      await hana.getByRole("button", { name: "Save", exact: true }).click();
      await hana.getByText("Devika Raoul has a new place").waitFor();
      await hana.getByText("Member, Default").first().waitFor();
    });

    await t.test("p7_link_another_client_which_the_person_accepts", async () => {
      await hana.getByRole("link", { name: "Link another" }).click();
      await hana.getByRole("heading", { name: "Link Devika Raoul to another client" }).waitFor();
      await hana.getByRole("link", { name: /Dockside Strata/ }).click();
      assert.equal(await hana.getByLabel("Email").inputValue(), "devika@rao.test");
      await hana.getByRole("button", { name: "Save User" }).click();
      await hana.getByText("Devika Raoul is invited to Dockside Strata Committee").waitFor();
      const accept = linkIn(await mail.letter("devika@rao.test", { containing: "/invitation/" }), "/invitation/");
      await hana.goto(details);
      await hana.getByRole("button", { name: "Actions for Dockside Strata Committee" }).click();
      await hana.getByRole("table", { name: "Linked client accounts" }).getByRole("button", { name: "Resend Invite" }).waitFor();
      await hana.keyboard.press("Escape");
      await devika.goto(new URL(accept).pathname);
      await devika.getByRole("button", { name: "Accept the invitation" }).click();
      await home(devika, "Dockside Strata Committee");
    });

    await t.test("p6_delete_asks_and_shuts_the_door_restore_opens_it", async () => {
      await hana.goto("/console/portal-users");
      await hana.getByRole("button", { name: "Actions for Devika Raoul" }).click();
      await hana.getByRole("link", { name: "Delete…" }).click();
      const question = hana.getByRole("dialog");
      await question.getByRole("heading", { name: "Delete Devika Raoul?" }).waitFor();
      await question.getByText("Dockside Strata Committee").waitFor();
      await inspect(hana, "portal-user-delete");
      await question.getByRole("link", { name: "Cancel" }).click();
      await hana.getByRole("button", { name: "Actions for Devika Raoul" }).click();
      await hana.getByRole("link", { name: "Delete…" }).click();
      await hana.getByRole("dialog").getByRole("button", { name: "Yes, delete Devika Raoul" }).click();
      await hana.getByText("Devika Raoul is deleted").waitFor();
      await devika.goto(start);
      assert.equal(await devika.getByRole("heading", { level: 1, name: "Bramble Civil" }).count(), 0);
      await hana.getByRole("link", { name: /^Deleted/ }).click();
      await inspect(hana, "portal-users-deleted");
      await hana.getByRole("link", { name: "Devika Raoul", exact: true }).click();
      await hana.getByText("This portal user is deleted").waitFor();
      await inspect(hana, "portal-user-deleted");
      await hana.getByRole("button", { name: "Restore" }).first().click();
      await hana.getByText("Devika Raoul is restored").waitFor();
      await devika.goto("/portal/tidewater/sign-in");
      await signIn(devika, "devika@rao.test");
      await devika.getByText("Bramble Civil").first().waitFor();
    });

    await t.test("s9_a_temporary_password_where_the_business_wants_it", async () => {
      await hana.goto("/console/temporary-passwords/on");
      await inspect(hana, "temporary-passwords");
      await hana.getByRole("button", { name: "Switch on" }).click();
      await hana.goto("/console/portal-users/new?q=dockside");
      await hana.getByRole("link", { name: /Dockside Strata/ }).click();
      await hana.getByLabel("Email").fill("ana@dockside.test");
      await hana.getByLabel("First name").fill("Ana");
      await hana.getByLabel("Last name").fill("Brandt");
      await hana.getByRole("radio", { name: /temporary password/ }).check();
      await inspect(hana, "add-user-temporary");
      await hana.getByRole("button", { name: "Save User" }).click();
      await hana.getByText("carries a temporary password").waitFor();
      const letter = await mail.letter("ana@dockside.test");
      const password = /\b(?:[0-9a-z]{4}-){6}[0-9a-z]{4}\b/.exec(letter.text ?? letter.raw ?? JSON.stringify(letter))[0];
      const ana = await open(t, site, "/portal/tidewater/sign-in");
      await signIn(ana, "ana@dockside.test", password);
      await ana.getByRole("heading", { name: "Choose your password" }).waitFor();
      await inspect(ana, "password-first");
      await ana.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
      await ana.getByRole("button", { name: "Set password" }).click();
      await ana.getByRole("heading", { name: "Terms and conditions" }).waitFor();
    });
  });
}
