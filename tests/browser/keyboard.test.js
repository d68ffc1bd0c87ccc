// The whole way of somebody without a mouse (U1 to U5): in by an invitation, past the terms, out and in again, from one client
// account to another, to a record and its file, into the profile, and adding a colleague. At every stop the focus can be seen.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { pressOn, tabTo, typeInto } from "./keyboard.js";
import { linkIn } from "./mail.js";
import { WIDTHS, fits, open } from "./page.js";
import { home } from "./person.js";
import { databases } from "./server.js";
import { PASSWORD, addGlobalAdmin, importAll, invitationTo, inviteAt, openOffice, shareInvoice } from "./staff.js";

const ADDRESS = "priya.raman@marlow.test";
const MARLOW = "Marlow Property Group";
const DOCKSIDE = "Dockside Strata Committee";
const FILE = `Client reference;Client name;First name;Last name;Email
MPG-01;${MARLOW};Joel;Okafor;joel@marlow.test
`;
const MORE = `Client reference;Client name;First name;Last name;Email
DSC-02;${DOCKSIDE};Priya;Raman;${ADDRESS}
`;
const PDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n";

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`u1_to_u5: with the keyboard alone (${database}, ${width} px)`, async (t) => {
      const { mail, site, hana } = await openOffice(t, { database, file: FILE });
      await shareInvoice(hana, MARLOW, { number: "M-1", due: "2036-05-01", file: PDF });
      await addGlobalAdmin(hana, MARLOW, { email: ADDRESS, first: "Priya", last: "Raman" });
      const first = new URL(linkIn(await mail.letter(ADDRESS, { containing: "/invitation/" }), "/invitation/")).pathname;
      await importAll(hana, MORE);
      await inviteAt(hana, DOCKSIDE, "Priya Raman");
      const second = await invitationTo(mail, ADDRESS);

      const priya = await open(t, site, first, { width });
      const button = (name, options) => priya.getByRole("button", { name, ...options });
      const link = (name, options) => priya.getByRole("link", { name, ...options });

      await t.test("u1_she_makes_her_account_and_accepts_the_terms", async () => {
        await typeInto(priya, priya.getByRole("textbox", { name: "Create a password" }), PASSWORD);
        await pressOn(priya, button("Create my account"));
        await priya.getByRole("heading", { name: "Terms and conditions" }).waitFor();
        await tabTo(priya, priya.getByRole("region", { name: /^Terms and conditions, version 1/ }));
        await pressOn(priya, priya.getByRole("checkbox", { name: /I have read and accept/ }), "Space");
        await pressOn(priya, button("Accept and continue"));
        await home(priya, MARLOW);
      });

      await t.test("u2_she_signs_out_and_in_again", async () => {
        await pressOn(priya, button(/^Your account/));
        await pressOn(priya, button("Sign out"));
        await priya.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
        await typeInto(priya, priya.getByLabel("Email"), ADDRESS);
        await typeInto(priya, priya.getByRole("textbox", { name: "Password" }), PASSWORD);
        await priya.keyboard.press("Enter");
        await home(priya, MARLOW);
      });

      await t.test("u3_she_accepts_a_second_invitation_and_switches", async () => {
        await priya.goto(second);
        await pressOn(priya, button("Accept the invitation"));
        await home(priya, DOCKSIDE);
        await pressOn(priya, priya.locator("button.switcher"));
        await pressOn(priya, priya.locator("#m-acct").getByRole("link", { name: MARLOW }));
        await home(priya, MARLOW);
        await fits(priya);
      });

      await t.test("u3_she_opens_a_record_and_downloads_its_file", async () => {
        await pressOn(priya, priya.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Invoices" }));
        await priya.getByRole("heading", { level: 1, name: "Invoices" }).waitFor();
        await typeInto(priya, priya.getByRole("searchbox"), "M-1");
        await priya.waitForURL(/q=M-1/);
        await pressOn(priya, link("M-1", { exact: true }));
        await priya.getByRole("heading", { level: 1, name: "Invoice M-1" }).waitFor();
        await tabTo(priya, link(/M-1\.pdf/));
        const arriving = priya.waitForEvent("download");
        await priya.keyboard.press("Enter");
        assert.equal(await readFile(await (await arriving).path(), "utf8"), PDF);
      });

      await t.test("u4_she_changes_her_profile", async () => {
        await pressOn(priya, button(/^Your account/));
        await pressOn(priya, link("Profile and security"));
        await priya.getByRole("heading", { name: "Profile and security" }).waitFor();
        await typeInto(priya, priya.getByLabel("Cell phone"), "0423 456 789");
        await pressOn(priya, button("Save details"));
        await priya.getByText("Your details are saved").waitFor();
        assert.equal(await priya.getByLabel("Cell phone").inputValue(), "0423 456 789");
        await pressOn(priya, priya.locator("button.switcher"));
        await pressOn(priya, priya.locator("#m-acct").getByRole("link", { name: MARLOW }));
        await home(priya, MARLOW);
      });

      await t.test("u5_she_adds_a_colleague_and_asks_before_removing_her", async () => {
        await pressOn(priya, priya.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "My company" }));
        await pressOn(priya, link("Add New User"));
        await priya.getByRole("heading", { level: 1, name: "Add New User" }).waitFor();
        await typeInto(priya, priya.getByLabel("Email"), "lucy@marlow.test");
        await typeInto(priya, priya.getByLabel("First name"), "Lucy");
        await typeInto(priya, priya.getByLabel("Last name"), "Nakamura");
        await pressOn(priya, priya.getByRole("checkbox", { name: "Global Admin" }), "Space");
        await pressOn(priya, button("Save User"));
        await priya.getByText("Lucy Nakamura is invited").waitFor();
        await mail.letter("lucy@marlow.test", { containing: "/invitation/" });
        const actions = button("Actions for Lucy Nakamura");
        await pressOn(priya, actions);
        await priya.keyboard.press("Escape");
        assert.ok(await actions.evaluate((element) => element === document.activeElement), "Escape leads back to the button");
        await priya.keyboard.press("Enter");
        await pressOn(priya, link("Withdraw invitation…"));
        await priya.getByRole("dialog").waitFor();
        await pressOn(priya, priya.getByRole("dialog").getByRole("link", { name: "Cancel" }));
        await priya.getByRole("dialog").waitFor({ state: "hidden" });
      });
    });
  }
}
