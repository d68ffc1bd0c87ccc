// The main job, from a spreadsheet to a blocked contact: on a real database, with real mail, in a real browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkIn, startMailServer } from "./mail.js";
import { inspect, open } from "./page.js";
import { databases, install } from "./server.js";
import { PASSWORD, createBusiness, findContact, hanaComesIn, importFile } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email;Cell phone
BRC-01;Bramble Civil;Devika;Rao;devika.rao@bramble.test;0491 570 006
BRC-01;Bramble Civil;Marcus;Feld;marcus.feld@bramble.test;
DSC-02;Dockside Strata Committee;Tamsin;Gould;tamsin.gould@dockside.test;0491 570 157
DSC-02;Dockside Strata Committee;Nobody;Home;not an address;
`;

for (const database of databases) {
  test(`main job: import, find, invite, accept, disable, enable, block, unblock (${database})`, async (t) => {
    const mail = await startMailServer(t);
    const vestibule = await install(t, { database, mail: mail.settings("starttls") });
    const link = await createBusiness(vestibule);
    const site = await vestibule.serve();

    const welcome = await open(t, site, link);
    await inspect(welcome, "welcome");
    const hana = await hanaComesIn(t, site, link);
    await inspect(hana, "overview-new");

    await t.test("staff sign out and in again", async () => {
      await hana.getByRole("button", { name: /Your account/ }).click();
      await hana.getByRole("button", { name: "Sign out" }).click();
      await hana.getByRole("heading", { name: "Sign in" }).waitFor();
      await inspect(hana, "console-sign-in");
      await hana.getByLabel("Work email").fill("hana@tidewater.test");
      await hana.getByRole("textbox", { name: "Password" }).fill("a wrong password entirely");
      await hana.getByRole("button", { name: "Sign in" }).click();
      await hana.getByRole("alert").waitFor();
      await inspect(hana, "console-sign-in-refused");
      await hana.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
      await hana.getByRole("button", { name: "Sign in" }).click();
      await hana.getByRole("heading", { name: "Overview" }).waitFor();
    });

    await t.test("C1: import with a preview, then all of it", async () => {
      await hana.goto("/console/import");
      await inspect(hana, "import");
      await importFile(hana, "clients.csv", FILE);
      await hana.getByText("not an address").or(hana.getByText("Enter an email address")).first().waitFor();
      await inspect(hana, "import-preview");
      await hana.getByRole("button", { name: /^Import/ }).click();
      await hana.getByRole("heading", { name: "Imported" }).waitFor();
      await inspect(hana, "import-done");
      await importFile(hana, "clients.csv", FILE);
      await hana.getByText("There is nothing to import").waitFor();
    });

    await t.test("C1: a client and its contacts", async () => {
      await hana.goto("/console/clients");
      await inspect(hana, "clients");
      await hana.getByRole("link", { name: "Bramble Civil", exact: true }).click();
      await hana.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();
      await inspect(hana, "client");
    });

    let invitation;
    await t.test("C2: find a contact while typing, and invite", async () => {
      await hana.goto("/console/contacts");
      await inspect(hana, "contacts");
      await findContact(hana, "devi", "Devika Rao");
      await inspect(hana, "contact");
      await hana.getByRole("button", { name: "Invite to portal" }).click();
      await hana.getByRole("button", { name: "Resend Invite" }).waitFor();
      const letter = await mail.letter("devika.rao@bramble.test");
      invitation = linkIn(letter, "/invitation/");
      // A mail scanner opens every link, twice: that uses nothing up (S31).
      for (let scan = 0; scan < 2; scan++) assert.equal((await fetch(invitation)).status, 200);
      await hana.reload();
      await inspect(hana, "contact-invited");
      await hana.goto("/console/invitations");
      await inspect(hana, "invitations");
    });

    const devika = await open(t, site, new URL(invitation).pathname);
    await t.test("U1: accept the invitation and the terms, see the portal", async () => {
      await devika.getByRole("heading", { name: "Join the portal for Bramble Civil" }).waitFor();
      await inspect(devika, "invitation");
      await devika.getByRole("textbox", { name: "Create a password" }).fill("short");
      await devika.getByRole("button", { name: "Create my account" }).click();
      await devika.getByRole("alert").waitFor();
      await inspect(devika, "invitation-refused");
      assert.equal(await devika.getByLabel("First name").inputValue(), "Devika", "what was typed is kept");
      await devika.getByRole("textbox", { name: "Create a password" }).fill(PASSWORD);
      await devika.getByRole("button", { name: "Create my account" }).click();
      await devika.getByRole("heading", { name: "Terms and conditions" }).waitFor();
      await inspect(devika, "terms");
      await devika.getByRole("button", { name: "Accept and continue" }).click();
      await devika.getByRole("alert").waitFor();
      await devika.getByRole("checkbox", { name: /I have read and accept/ }).check();
      await devika.getByRole("button", { name: "Accept and continue" }).click();
      await devika.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();
      await inspect(devika, "portal-home");
      const used = await open(t, site, new URL(invitation).pathname);
      await used.getByRole("link", { name: "Go to the portal" }).waitFor();
      await inspect(used, "invitation-used");
    });

    const home = devika.url();
    await t.test("P1, P2, P7, P8: staff see the portal user", async () => {
      await hana.goto("/console/portal-users");
      await inspect(hana, "portal-users");
      await hana.getByRole("searchbox").fill("rao");
      await hana.waitForURL(/q=rao/);
      await hana.getByRole("link", { name: "Devika Rao", exact: true }).click();
      await hana.getByRole("heading", { level: 1, name: "Devika Rao" }).waitFor();
      await hana.getByText(/Version 1/i).first().waitFor();
      await hana.getByText(/gets in to Bramble Civil/).waitFor();
      await inspect(hana, "portal-user");
    });

    await t.test("P7: disabled, the very next request is refused; enabled, she is in again", async () => {
      await hana.getByRole("button", { name: "Actions", exact: true }).click();
      await hana.getByRole("link", { name: "Disable…" }).click();
      await hana.getByRole("dialog").getByLabel(/Reason/).fill("Left her laptop on a train");
      await hana.getByRole("dialog").getByRole("button", { name: /^Disable/ }).click();
      await hana.getByRole("button", { name: "Enable" }).first().waitFor();
      await hana.getByText(/can’t get in to Bramble Civil/).waitFor();
      await inspect(hana, "portal-user-disabled");
      const refused = await devika.goto(home);
      assert.ok(refused.url().includes("/sign-in") || refused.status() === 403, `${refused.url()} ${refused.status()}`);
      assert.equal(await devika.getByRole("heading", { level: 1, name: "Bramble Civil" }).count(), 0);
      await hana.getByRole("button", { name: "Enable" }).first().click();
      await hana.getByText(/gets in to Bramble Civil/).waitFor();
      await devika.goto("/portal/tidewater/sign-in");
      await devika.getByLabel("Email").fill("Devika.Rao@bramble.test");
      await devika.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
      await inspect(devika, "portal-sign-in");
      await devika.getByRole("button", { name: "Sign in" }).click();
      await devika.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();
    });

    await t.test("C3: blocked, unlinked and refused at once, and not invited again until unblocked", async () => {
      await findContact(hana, "devika", "Devika Rao");
      await inspect(hana, "contact-connected");
      await hana.getByRole("link", { name: "Block from Client Portal…" }).click();
      await hana.getByRole("dialog").getByLabel(/Reason/).fill("Moved off the Bramble job");
      await inspect(hana, "contact-block");
      await hana.getByRole("dialog").getByRole("button", { name: "Block from Client Portal" }).click();
      await hana.getByText("Moved off the Bramble job").first().waitFor();
      await inspect(hana, "contact-blocked");
      assert.equal(await hana.getByRole("button", { name: /Invite/ }).count(), 0, "no new invitation while blocked");
      const refused = await devika.goto(home);
      assert.equal(refused.status(), 403);
      await inspect(devika, "portal-refused");
      await devika.goto("/portal/tidewater");
      await devika.getByRole("heading", { name: /not connected to a client account/ }).waitFor();
      await inspect(devika, "portal-unconnected");
    });

    await t.test("C4: unblocked, she can be invited again and gets in again", async () => {
      await hana.getByRole("link", { name: "Unblock from Client Portal…" }).click();
      await hana.getByRole("dialog").getByRole("button", { name: "Unblock from Client Portal" }).click();
      await hana.getByRole("button", { name: "Invite to portal" }).click();
      const letter = await mail.letter("devika.rao@bramble.test");
      await devika.goto(new URL(linkIn(letter, "/invitation/")).pathname);
      await inspect(devika, "invitation-signed-in");
      await devika.getByRole("button", { name: "Accept the invitation" }).click();
      await devika.getByRole("heading", { level: 1, name: "Bramble Civil" }).waitFor();
    });

    await t.test("A8: the audit log tells it all, and nobody has touched it", async () => {
      await hana.goto("/console/audit");
      await hana.getByText(/blocked the contact/).first().waitFor();
      await inspect(hana, "audit");
      assert.match(await vestibule.run("audit", "verify"), /Tidewater Haulage: \d+ entries, whole/);
    });
  });
}
