// My company: a client's Global Admin adds, edits and places colleagues and keeps their groups, on a computer and on a
// telephone, and once without a mouse; a Group Manager does so for one group. How they are kept out again: company_keeping.test.js.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkIn } from "./mail.js";
import { WIDTHS, inspect } from "./page.js";
import { joinsByMail } from "./person.js";
import { databases } from "./server.js";
import { addGlobalAdmin, openClient, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;Client email;First name;Last name;Email;Cell phone
BRC-01;Bramble Civil;office@bramble.test;Marcus;Feld;marcus.feld@bramble.test;
`;

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`my company (${database}, ${width} px)`, async (t) => {
      const { mail, site, hana } = await openOffice(t, { database, file: FILE, tls: "none" });

      await t.test("staff_add_the_first_admin_from_the_clients_page", async () => {
        await openClient(hana, "Bramble Civil", /^Users & groups/);
        await inspect(hana, "client-users-none");
        await addGlobalAdmin(hana, "Bramble Civil", { email: "priya.raman@bramble.test", first: "Priya", last: "Raman" });
      });
      const priya = await joinsByMail(t, site, mail, "priya.raman@bramble.test", "Bramble Civil", { width });

      await t.test("u6_groups_and_what_they_may_see", async () => {
        await priya.getByRole("link", { name: "My company" }).click();
        await priya.getByRole("heading", { level: 1, name: "My company" }).waitFor();
        await priya.getByRole("link", { name: "Groups" }).click();
        await priya.getByRole("link", { name: "Create a group" }).click();
        await inspect(priya, "company-group");
        await priya.getByRole("button", { name: "Save" }).click();
        await priya.getByRole("alert").waitFor();
        await priya.getByLabel("Name").fill("Finance");
        for (const kind of ["Bookings", "Dockets", "Documents"]) await priya.getByRole("checkbox", { name: kind }).uncheck();
        await priya.getByRole("button", { name: "Save" }).click();
        await priya.getByText("The group Finance is made").waitFor();
        await priya.getByText("Invoices, Statements").waitFor();
        await inspect(priya, "company-groups");
      });

      await t.test("u5_add_a_user_the_box_fits_the_group", async () => {
        await priya.getByRole("link", { name: "Users", exact: true }).click();
        await priya.getByRole("link", { name: "Add New User" }).click();
        const admin = priya.getByRole("checkbox", { name: "Global Admin" });
        const manager = priya.getByRole("checkbox", { name: "Group Manager" });
        await admin.waitFor();
        assert.ok(!(await manager.isVisible()));
        await priya.getByRole("combobox", { name: /^Group/ }).selectOption("Finance");
        await manager.waitFor();
        assert.ok(!(await admin.isVisible()));
        await inspect(priya, "company-add");
        await priya.getByLabel("Email").fill("beatrix.holm@bramble.test");
        await priya.getByLabel("First name").fill("Beatrix");
        await priya.getByLabel("Last name").fill("Holm");
        await priya.getByLabel("Cell phone").fill("0423 456 789");
        await manager.check();
        await priya.getByRole("button", { name: "Save User" }).click();
        await priya.getByText("Beatrix Holm is invited").waitFor();
        await inspect(priya, "company-users");
      });

      await t.test("u5_a_group_manager_sees_one_group", async () => {
        const beatrix = await joinsByMail(t, site, mail, "beatrix.holm@bramble.test", "Bramble Civil", { width });
        await beatrix.getByRole("link", { name: "My company" }).click();
        await beatrix.getByRole("link", { name: "Add New User" }).waitFor();
        assert.ok(!(await beatrix.getByText("Priya Raman").isVisible()));
        await beatrix.getByRole("link", { name: "Add New User" }).click();
        await beatrix.getByText("Finance").first().waitFor();
        assert.equal(await beatrix.getByRole("checkbox", { name: "Global Admin" }).count(), 0);
        await beatrix.getByLabel("Email").fill("anton.varga@bramble.test");
        await beatrix.getByLabel("First name").fill("Anton");
        await beatrix.getByLabel("Last name").fill("Varga");
        await beatrix.getByRole("button", { name: "Save User" }).click();
        await beatrix.getByText("Anton Varga is invited").waitFor();
        await inspect(beatrix, "company-manager");
      });

      await t.test("u5_resend_invite_and_confirm_is_the_reset_with_the_keyboard_alone", async () => {
        await priya.goto(priya.url());
        const actions = priya.getByRole("button", { name: "Actions for Beatrix Holm" });
        await actions.focus();
        await priya.keyboard.press("Enter");
        const resend = priya.getByRole("link", { name: "Resend Invite…" });
        await resend.focus();
        await priya.keyboard.press("Enter");
        await priya.getByRole("heading", { name: "Resend the invite to Beatrix Holm?" }).waitFor();
        await inspect(priya, "company-resend");
        await priya.getByRole("button", { name: "Confirm" }).focus();
        await priya.keyboard.press("Enter");
        await priya.getByText("Mail to beatrix.holm@bramble.test is on its way").waitFor();
        linkIn(await mail.letter("beatrix.holm@bramble.test"), "/reset/");
      });

      await t.test("u5_the_list_sorts_and_finds_while_typing_and_the_last_admin_stays", async () => {
        // On a telephone a row is a card, without the heads.
        if (width === 1440) {
          await priya.getByRole("link", { name: "Name", exact: true }).click();
          await priya.waitForURL(/sort=name/);
        }
        await priya.getByRole("searchbox").fill("anton");
        await priya.waitForURL(/q=anton/);
        await priya.locator("#count").getByText("1 person").waitFor();
        await priya.getByRole("searchbox").fill("priya");
        await priya.waitForURL(/q=priya/);
        await priya.getByRole("button", { name: "Actions for Priya Raman" }).click();
        await priya.getByRole("link", { name: "Change group or role" }).click();
        await priya.getByText("Priya Raman is the last Global Admin of Bramble Civil").waitFor();
        await inspect(priya, "company-place");
        await priya.getByRole("checkbox", { name: "Global Admin" }).uncheck();
        await priya.getByRole("button", { name: "Save" }).click();
        await priya.getByRole("alert").waitFor();
      });
    });
  }
}
