// My company: a client's Global Admin disables, enables and removes colleagues, and sees what staff did to them, on a computer and
// on a telephone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, inspect } from "./page.js";
import { home, joinsByMail, signIn } from "./person.js";
import { databases } from "./server.js";
import { addGlobalAdmin, inviteAt, openClient, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;Client email;First name;Last name;Email;Cell phone
BRC-01;Bramble Civil;office@bramble.test;Beatrix;Holm;beatrix.holm@bramble.test;
BRC-01;Bramble Civil;office@bramble.test;Anton;Varga;anton.varga@bramble.test;
DOC-01;Dockside;office@dockside.test;Anton;Varga;anton.varga@bramble.test;
`;

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`my company keeps its people (${database}, ${width} px)`, async (t) => {
      const { mail, site, hana } = await openOffice(t, { database, file: FILE, tls: "none" });
      await addGlobalAdmin(hana, "Bramble Civil", { email: "priya.raman@bramble.test", first: "Priya", last: "Raman" });
      const priya = await joinsByMail(t, site, mail, "priya.raman@bramble.test", "Bramble Civil", { width });

      await t.test("u5_disable_a_colleague_and_enable_them_again", async (t) => {
        await inviteAt(hana, "Bramble Civil", "Beatrix Holm");
        const beatrix = await joinsByMail(t, site, mail, "beatrix.holm@bramble.test", "Bramble Civil", { width });
        await priya.getByRole("link", { name: "My company" }).first().click();
        await priya.getByRole("button", { name: "Actions for Beatrix Holm" }).click();
        await inspect(priya, "company-users-menu");
        await priya.getByRole("link", { name: "Disable account…" }).click();
        await priya.getByRole("heading", { name: /^Disable Beatrix Holm at / }).waitFor();
        await inspect(priya, "company-disable");
        await priya.getByRole("button", { name: "Yes, disable Beatrix Holm" }).click();
        await priya.getByText("Beatrix Holm is disabled").waitFor();
        await inspect(priya, "company-users-disabled");
        await beatrix.reload();
        await beatrix.getByRole("button", { name: "Sign in", exact: true }).waitFor();
        // Once with the keyboard alone: the menu, the choice in it, and the question.
        await priya.getByRole("button", { name: "Actions for Beatrix Holm" }).focus();
        await priya.keyboard.press("Enter");
        await priya.getByRole("link", { name: "Enable account…" }).focus();
        await priya.keyboard.press("Enter");
        await priya.getByRole("heading", { name: /^Enable Beatrix Holm at / }).waitFor();
        await inspect(priya, "company-enable");
        await priya.getByRole("button", { name: "Enable account", exact: true }).click();
        await priya.getByText("Beatrix Holm is enabled").waitFor();
        await signIn(beatrix, "beatrix.holm@bramble.test");
        await home(beatrix, "Bramble Civil");
      });

      await t.test("u5_a_colleague_of_other_clients_can_be_removed_and_not_disabled", async (t) => {
        await inviteAt(hana, "Bramble Civil", "Anton Varga");
        await joinsByMail(t, site, mail, "anton.varga@bramble.test", "Bramble Civil", { width });
        await inviteAt(hana, "Dockside", "Anton Varga");
        await priya.getByRole("link", { name: "My company" }).first().click();
        await priya.getByRole("button", { name: "Actions for Anton Varga" }).click();
        await priya.getByRole("link", { name: "Disable account…" }).click();
        await priya.getByText("Anton Varga also belongs to other clients").waitFor();
        await inspect(priya, "company-elsewhere");
        assert.ok(!(await priya.getByText("Dockside").isVisible()));
        await priya.getByRole("link", { name: "Remove from Bramble Civil…" }).last().click();
        await priya.getByRole("heading", { name: "Remove Anton Varga from Bramble Civil?" }).waitFor();
      });

      await t.test("u5_activity_shows_what_staff_did", async () => {
        await hana.goto("/console/portal-users");
        await hana.getByRole("button", { name: "Actions for Beatrix Holm" }).click();
        await hana.getByRole("link", { name: "Disable…" }).click();
        await hana.getByRole("button", { name: /^Disable|^Yes/ }).click();
        await hana.getByText(/Beatrix Holm is disabled|is disabled/).first().waitFor();
        await priya.getByRole("link", { name: "My company" }).first().click();
        await priya.getByRole("link", { name: "Activity" }).click();
        await priya.getByText("disabled Beatrix Holm").first().waitFor();
        await inspect(priya, "company-activity");
        await priya.getByRole("link", { name: "Users", exact: true }).click();
        await priya.getByText("By Tidewater Haulage").waitFor();
        await inspect(priya, "company-users-theirs");
        await priya.getByRole("link", { name: "Activity" }).click();
      });

      await t.test("staff_take_looking_after_users_back", async () => {
        await openClient(hana, "Bramble Civil", /^Users & groups/);
        await inspect(hana, "client-users");
        await hana.getByRole("link", { name: "Take it back…" }).click();
        await hana.getByRole("button", { name: "Take it back" }).click();
        await hana.getByText("Only your staff look after Bramble Civil’s users", { exact: true }).waitFor();
        await priya.getByRole("link", { name: "Users", exact: true }).click();
        await priya.getByText("looked after by the business itself").waitFor();
      });
    });
  }
}
