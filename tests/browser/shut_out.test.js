// Whoever is disabled is told whom to ask, once they have shown who they are: their own Global Admin where a colleague did it, the
// business where staff did. At the door nothing is told (S11).

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, inspect, open } from "./page.js";
import { acceptTerms, home, joins, joinsByMail, signIn } from "./person.js";
import { databases } from "./server.js";
import { addGlobalAdmin, createBusiness, hanaComesIn, importAll, invite, openOffice } from "./staff.js";

const CIVIL = "Bramble Civil";
const JOEL = "joel.okafor@bramble.test";
const FILE = `Client reference;Client name;First name;Last name;Email
BRC-01;${CIVIL};Joel;Okafor;${JOEL}
`;
const HARBOUR = { name: "Harbour Accounting", slug: "harbour", email: "ines@harbour.test", first: "Ines", last: "Quist" };

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`s11: who is disabled is told whom to ask (${database}, ${width} px)`, async (t) => {
      const { mail, vestibule, site, hana } = await openOffice(t, { database, file: FILE });
      const joel = await joins(t, site, await invite(hana, mail, "joel", "Joel Okafor", JOEL), CIVIL, { width });
      await addGlobalAdmin(hana, CIVIL, { email: "priya.raman@bramble.test", first: "Priya", last: "Raman" });
      const priya = await joinsByMail(t, site, mail, "priya.raman@bramble.test", CIVIL, { width });
      // A sign-in that also opens another business's door outlives being disabled at one.
      const ines = await hanaComesIn(t, site, await createBusiness(vestibule, HARBOUR));
      await importAll(ines, FILE);
      await joel.goto(await invite(ines, mail, "joel", "Joel Okafor", JOEL));
      await joel.getByRole("button", { name: "Accept the invitation" }).click();
      await acceptTerms(joel);
      await home(joel, CIVIL);

      const shut = async (words, picture) => {
        assert.equal((await joel.goto("/portal/tidewater")).status(), 403);
        await joel.getByRole("heading", { level: 1, name: "You can’t get in right now" }).waitFor();
        await joel.getByText(words).waitFor();
        assert.doesNotMatch(await joel.getByRole("main").innerText(), /Priya|Raman|Hana/, "nobody is named");
        await inspect(joel, picture);
      };

      await t.test("s11_disabled_by_a_colleague_they_ask_their_own_global_admin", async () => {
        await priya.getByRole("link", { name: "My company" }).click();
        await priya.getByRole("button", { name: "Actions for Joel Okafor" }).click();
        await priya.getByRole("link", { name: "Disable account…" }).click();
        await priya.getByRole("button", { name: "Yes, disable Joel Okafor" }).click();
        await priya.getByText("Joel Okafor is disabled").waitFor();
        await shut(`Ask a Global Admin of ${CIVIL} to switch it on again.`, "shut-by-colleague");
        await joel.goto("/portal/harbour");
        await home(joel, CIVIL);
      });

      await t.test("s11_at_the_door_they_are_told_what_everybody_is_told", async () => {
        const again = await open(t, site, "/portal/tidewater/sign-in", { width });
        await signIn(again, JOEL);
        await again.getByRole("alert").getByText(/don’t match an account/).waitFor();
        assert.doesNotMatch(await again.getByRole("main").innerText(), /Global Admin|switched off/);
      });

      await t.test("s11_disabled_by_staff_they_ask_the_business", async () => {
        await hana.goto("/console/portal-users");
        await hana.getByRole("link", { name: "Joel Okafor", exact: true }).click();
        await hana.getByRole("button", { name: "Actions", exact: true }).click();
        await hana.getByRole("link", { name: "Disable…" }).click();
        await hana.getByRole("dialog").getByRole("button", { name: "Disable", exact: true }).click();
        await hana.getByText(/Joel Okafor is disabled/).waitFor();
        await shut("Your access to Tidewater Haulage’s portal is switched off. Ask them to switch it on again.", "shut-by-staff");
      });

      await t.test("s11_let_in_again_they_get_in", async () => {
        await hana.locator("#access").getByRole("button", { name: "Enable" }).click();
        await hana.getByText(/Joel Okafor is enabled/).waitFor();
        await joel.goto("/portal/tidewater");
        await home(joel, CIVIL);
      });
    });
  }
}
