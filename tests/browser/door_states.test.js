// Each closed door of the portal (U1, U2) says in plain words what happened and what to do next; and each step on the way in leads
// on to where somebody was going.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { linkIn } from "./mail.js";
import { WIDTHS, inspect, open } from "./page.js";
import { acceptTerms, home, joins, signIn } from "./person.js";
import { databases } from "./server.js";
import { PASSWORD, invite, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email
BRC-01;Bramble Civil;Devika;Rao;devika.rao@bramble.test
BRC-01;Bramble Civil;Marcus;Feld;marcus.feld@bramble.test
BRC-01;Bramble Civil;Omar;Haddad;omar.haddad@bramble.test
`;
const NEW_PASSWORD = "cobalt ferry lichen otter";
const MARCUS = "marcus.feld@bramble.test";

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`u1_u2: every closed door says what to do next (${database}, ${width} px)`, async (t) => {
      const { mail, vestibule, site, hana } = await openOffice(t, { database, file: FILE });
      const says = async (page, heading, next, picture) => {
        await page.getByRole("heading", { level: 1, name: heading }).waitFor();
        await page.getByText(next).waitFor();
        const words = await page.getByRole("main").innerText();
        assert.equal(words.split(heading).length, 2, `said once:\n${words}`);
        await inspect(page, picture);
      };
      const marcus = await open(t, site, "/portal/tidewater/sign-in", { width });

      const first = await invite(hana, mail, "marcus", "Marcus Feld", MARCUS);
      await t.test("u1_replaced_leads_to_the_latest_mail", async () => {
        await hana.getByRole("button", { name: "Resend Invite" }).click();
        const newer = linkIn(await mail.letter(MARCUS, { containing: "/invitation/" }), "/invitation/");
        assert.ok(!newer.endsWith(first), "another link");
        await marcus.goto(first);
        await says(marcus, "A newer invitation was sent", /open the one in the latest mail/, "invitation-replaced");
        await marcus.getByRole("link", { name: "Ask for access" }).waitFor();
      });

      await t.test("u1_withdrawn_leads_to_asking", async () => {
        await hana.getByRole("button", { name: "Resend Invite" }).click();
        const path = new URL(linkIn(await mail.letter(MARCUS, { containing: "/invitation/" }), "/invitation/")).pathname;
        await hana.getByRole("button", { name: "Withdraw invitation" }).click();
        await hana.getByRole("button", { name: "Invite to portal" }).waitFor();
        await marcus.goto(path);
        await says(marcus, "This invitation was withdrawn", /ask Tidewater Haulage, or ask for access/, "invitation-withdrawn");
        await marcus.getByRole("link", { name: "Ask for access" }).click();
        await marcus.getByRole("heading", { name: "Ask for access" }).waitFor();
      });

      await t.test("u1_blocked_reads_like_withdrawn_and_tells_nothing_more", async () => {
        const path = await invite(hana, mail, "marcus", "Marcus Feld", MARCUS);
        await hana.getByRole("link", { name: "Block from Client Portal…" }).click();
        await hana.getByRole("dialog").getByRole("button", { name: "Block from Client Portal" }).click();
        await hana.getByRole("link", { name: "Unblock from Client Portal…" }).waitFor();
        await marcus.goto(path);
        await says(marcus, "This invitation was withdrawn", /ask Tidewater Haulage, or ask for access/, "invitation-blocked");
        assert.doesNotMatch(await marcus.getByRole("main").innerText(), /block/i);
      });

      await t.test("u1_a_link_that_never_was_says_so", async () => {
        const answer = await marcus.goto(`${first.slice(0, -6)}AAAAAA`);
        assert.equal(answer.status(), 404);
        await marcus.getByRole("heading", { level: 1 }).waitFor();
        await inspect(marcus, "invitation-unknown");
      });

      const invitation = await invite(hana, mail, "devi", "Devika Rao", "devika.rao@bramble.test");
      const devika = await joins(t, site, invitation, "Bramble Civil", { width });
      await t.test("u1_used_leads_to_the_portal", async () => {
        await devika.goto(invitation);
        await says(devika, "This invitation has been used", /If it was you, sign in to go on/, "invitation-used");
        await devika.getByRole("link", { name: "Go to the portal" }).click();
        await home(devika, "Bramble Civil");
      });

      await t.test("u1_signed_in_as_somebody_else_she_chooses", async () => {
        const path = await invite(hana, mail, "omar", "Omar Haddad", "omar.haddad@bramble.test");
        await devika.goto(path);
        await devika.getByText("omar.haddad@bramble.test").first().waitFor();
        await devika.getByRole("button", { name: "Accept as Devika Rao" }).waitFor();
        await inspect(devika, "invitation-choose");
        await devika.getByRole("button", { name: /^Sign out/ }).first().click();
        await devika.getByRole("heading", { name: "Join the portal for Bramble Civil" }).waitFor();
        assert.equal(new URL(devika.url()).pathname, path, "back at the invitation");
      });

      await t.test("u2_a_due_password_and_new_terms_come_first_and_then_where_she_was_going", async () => {
        await hana.goto("/console/portal-users");
        await hana.getByRole("button", { name: "Actions for Devika Rao" }).click();
        await hana.getByRole("button", { name: "Require password change" }).click();
        await hana.getByRole("row").filter({ hasText: "Devika Rao" }).getByText("Password change due").waitFor();
        const terms = join(vestibule.folder, "terms-2.md");
        await writeFile(terms, "# Client portal terms\n\nNew ones.\n");
        await vestibule.run("terms", terms);
        await devika.goto("/portal/tidewater/profile");
        await devika.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
        await signIn(devika, "devika.rao@bramble.test", "a wrong password entirely");
        await devika.getByRole("alert").getByText(/don’t match an account/).waitFor();
        await inspect(devika, "portal-sign-in-refused");
        await signIn(devika, "devika.rao@bramble.test");
        await devika.getByText(/asked you to change your password/).waitFor();
        await inspect(devika, "password-due");
        await devika.getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
        await devika.getByRole("textbox", { name: "New password" }).fill(NEW_PASSWORD);
        await devika.getByRole("button", { name: /^(Set|Change).*password/ }).click();
        await devika.getByRole("checkbox", { name: /version 2/ }).waitFor();
        await inspect(devika, "terms-updated");
        await acceptTerms(devika);
        await devika.getByRole("heading", { level: 1, name: "Profile and security" }).waitFor();
      });

      await t.test("u2_a_used_reset_link_leads_to_a_new_one", async () => {
        await marcus.goto("/portal/tidewater/forgotten");
        await marcus.getByLabel("Email").fill("devika.rao@bramble.test");
        await marcus.getByRole("button", { name: "Mail me a link" }).click();
        await marcus.getByRole("heading", { name: "Check your mail" }).waitFor();
        await inspect(marcus, "forgotten-sent");
        const letter = await mail.letter("devika.rao@bramble.test", { containing: "/reset/" });
        const path = new URL(linkIn(letter, "/reset/")).pathname;
        await marcus.goto(path);
        await inspect(marcus, "reset");
        await marcus.getByRole("textbox", { name: "New password" }).fill(PASSWORD);
        await marcus.getByRole("button", { name: "Set new password" }).click();
        await marcus.getByText("Your new password is set").waitFor();
        await marcus.goto(path);
        await marcus.getByRole("heading", { level: 1, name: "This link has been used" }).waitFor();
        await inspect(marcus, "reset-used");
        await marcus.getByRole("link", { name: "Ask for a new link" }).click();
        await marcus.getByRole("button", { name: "Mail me a link" }).waitFor();
      });

      await t.test("u2_a_portal_that_is_switched_off_says_when_to_come_back", async () => {
        await devika.goto("/portal/tidewater/sign-in");
        await signIn(devika, "devika.rao@bramble.test");
        await home(devika, "Bramble Civil");
        await hana.goto("/console/portal/off");
        await hana.getByRole("button", { name: /^Switch/ }).click();
        await hana.getByText("Portal is off").first().waitFor({ state: "attached" });
        assert.equal((await devika.goto("/portal/tidewater")).status(), 403);
        await devika.getByText(/switched off at the moment. Try again later, or ask them/).waitFor();
        await inspect(devika, "portal-off");
        await hana.goto("/console/portal/on");
        await hana.getByRole("button", { name: /^Switch/ }).click();
        await hana.getByText("Portal is on").first().waitFor({ state: "attached" });
        await devika.goto("/portal/tidewater");
        await home(devika, "Bramble Civil");
      });
    });
  }
}
