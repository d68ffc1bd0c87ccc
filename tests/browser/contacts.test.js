// Clients and contacts as staff look after them, and somebody who asks to be let in (C1 to C6).

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkIn } from "./mail.js";
import { inspect, open } from "./page.js";
import { createAccount } from "./person.js";
import { databases } from "./server.js";
import { findContact, invite, openClient, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email;Cell phone;Title
MPG-01;Marlow Property Group;Joel;Okafor;joel@marlow.test;0491 570 156;Building manager
MPG-01;Marlow Property Group;Ana;Costa;ana.costa@marlow.test;;
`;

for (const database of databases) {
  test(`contacts: clients, mismatches, access requests (${database})`, async (t) => {
    const { mail, site, hana } = await openOffice(t, { database, file: FILE });

    const client = (tab) => openClient(hana, /^Marlow/, tab);

    await t.test("c1_a_client_has_tabs_and_is_edited_with_a_readable_difference", async () => {
      await client("Records");
      await hana.getByRole("heading", { name: /^Nothing is shared/ }).waitFor();
      await inspect(hana, "client-records");
      await client("Activity");
      await inspect(hana, "client-activity");
      await hana.getByRole("link", { name: "Edit client" }).click();
      await inspect(hana, "client-edit");
      const second = await hana.context().newPage();
      await second.goto(hana.url());
      await second.getByLabel("Name", { exact: true }).fill("Marlow Property");
      await second.getByRole("button", { name: "Save" }).click();
      await second.getByText("Marlow Property saved").waitFor();
      await second.close();
      await hana.getByLabel(/^Phone/).fill("08 5550 0142");
      await hana.getByRole("button", { name: "Save" }).click();
      await hana.getByRole("alert").getByText(/Name: it is “Marlow Property” now/).waitFor();
      await inspect(hana, "client-edit-clash");
      await hana.getByRole("link", { name: "go on with what is there now" }).click();
      await hana.getByLabel(/^Phone/).fill("08 5550 0142");
      await hana.getByRole("button", { name: "Save" }).click();
      await hana.getByRole("heading", { level: 1, name: "Marlow Property" }).waitFor();
    });

    await t.test("c2_an_invitation_that_bounces_shows_its_reason_beside_the_person", async () => {
      await findContact(hana, "ana", "Ana Costa");
      await mail.refuse(550, { at: "rcpt", times: 1 });
      await hana.getByRole("button", { name: "Invite to portal" }).click();
      await mail.next("refused");
      // The server writes down what the mail server said within the same moment.
      const bounced = hana.locator("#rows").getByText("Bounced");
      do await hana.goto("/console/invitations"); while ((await bounced.count()) === 0);
      await inspect(hana, "invitations-bounced");
      await client("Contacts");
      await hana.getByText(/^Bounced/).first().waitFor();
      await inspect(hana, "client-contacts-bounced");
    });

    await t.test("c1_users_and_groups_say_who_looks_after_whom", async () => {
      const joel = await open(t, site, await invite(hana, mail, "joel", "Joel Okafor", "joel@marlow.test"));
      await joel.getByLabel("Last name").fill("Okafor-Bell");
      await createAccount(joel);
      await client("Users & groups");
      await hana.getByText(/only your staff can add and remove people/).waitFor();
      await inspect(hana, "client-users");
    });

    await t.test("c5_a_mismatch_is_shown_under_its_field_and_settled_either_way", async () => {
      await findContact(hana, "joel", "Joel Okafor");
      const said = "This last name does not match the last name in the contact’s Client Portal account: Okafor-Bell";
      await hana.getByText(said).waitFor();
      await inspect(hana, "contact-mismatch");
      await hana.goto("/console/mismatches");
      await inspect(hana, "mismatches");
      await hana.getByRole("button", { name: /^Keep ours/ }).click();
      await hana.getByText("Your value is kept").waitFor();
      await hana.getByRole("heading", { name: "All agree" }).waitFor();
      await inspect(hana, "mismatches-none");
      await findContact(hana, "joel", "Joel Okafor");
      assert.equal(await hana.getByText(said).count(), 0, "quiet until theirs changes again");
    });

    await t.test("c6_whoever_matches_is_mailed_and_the_others_wait_for_staff", async () => {
      const ana = await open(t, site, "/portal/tidewater/sign-in");
      await ana.getByRole("link", { name: "Ask for access" }).click();
      await inspect(ana, "ask");
      const ask = async (email) => {
        await ana.goto("/portal/tidewater/ask");
        await ana.getByLabel("Email").fill(email);
        await ana.getByLabel("Client reference").fill("mpg-01");
        await ana.getByLabel(/^Your name/).fill("Ana Costa");
        await ana.getByRole("button", { name: "Ask for access" }).click();
        await ana.getByRole("heading", { name: "Your request is in" }).waitFor();
      };
      await ask("ana.cotsa@marlow.test");
      await inspect(ana, "ask-asked");
      await ask("ana.costa@marlow.test");
      assert.match(linkIn(await mail.letter("ana.costa@marlow.test"), "/invitation/"), /invitation/);

      await hana.goto("/console");
      await hana.getByText("1 access request waits for a decision").waitFor();
      await inspect(hana, "overview-request");
      await hana.getByRole("link", { name: /^Access requests/ }).click();
      await inspect(hana, "requests");
      await hana.getByRole("link", { name: "ana.cotsa@marlow.test" }).click();
      await inspect(hana, "request");
      await hana.getByRole("radio", { name: /^Ana Costa/ }).check();
      await hana.getByRole("button", { name: "Approve and invite" }).click();
      await hana.getByText("Invitation to ana.costa@marlow.test is on its way").waitFor();
      await mail.letter("ana.costa@marlow.test");
    });

    await t.test("c6_a_request_is_refused_kindly", async () => {
      const rosa = await open(t, site, "/portal/tidewater/ask", { scripts: "off" });
      await rosa.getByLabel("Email").fill("rosa@nowhere.test");
      await rosa.getByLabel("Client reference").fill("X-1");
      await rosa.getByRole("button", { name: "Ask for access" }).click();
      await rosa.getByRole("heading", { name: "Your request is in" }).waitFor();
      await hana.goto("/console/requests");
      await hana.getByRole("link", { name: "rosa@nowhere.test" }).click();
      await inspect(hana, "request-nobody");
      await hana.getByRole("link", { name: "Refuse…" }).click();
      await hana.getByRole("dialog").getByRole("checkbox", { name: /by mail/ }).waitFor();
      await inspect(hana, "request-refuse");
      await hana.getByRole("dialog").getByRole("button", { name: "Refuse the request" }).click();
      await hana.getByText("The request is refused").waitFor();
      const letter = await mail.letter("rosa@nowhere.test");
      assert.ok(letter, "she is told");
    });

    await t.test("c3_c4_blocked_from_the_list_with_a_reason_and_unblocked", async () => {
      await findContact(hana, "joel", "Joel Okafor");
      await hana.getByRole("link", { name: "Block from Client Portal…" }).click();
      await hana.getByRole("dialog").getByLabel(/Reason/).fill("Changed employer");
      await hana.getByRole("dialog").getByRole("button", { name: "Block from Client Portal" }).click();
      await hana.getByText("Changed employer").first().waitFor();
      await inspect(hana, "contact-blocked-c3");
      await hana.getByRole("link", { name: "Unblock from Client Portal…" }).click();
      await hana.getByRole("dialog").getByRole("button", { name: "Unblock from Client Portal" }).click();
      await hana.getByRole("button", { name: "Invite to portal" }).waitFor();
    });
  });
}
