// The link in a letter with which its reader says which mail they want (PRODUCT.md section 6): from the letter as it arrives, through
// the choice, to what is shared later; and links that are none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pressOn, tabTo } from "./keyboard.js";
import { linkIn } from "./mail.js";
import { WIDTHS, fits, inspect, open } from "./page.js";
import { joins } from "./person.js";
import { databases } from "./server.js";
import { createBusiness, findContact, invite, openClient, openOffice, share, shareInvoice } from "./staff.js";

const MARLOW = "Marlow Property Group";
const PRIYA = "priya.raman@marlow.test";
const LUCY = "lucy.nakamura@marlow.test";
const FILE = `Client reference;Client name;First name;Last name;Email
MPG-01;${MARLOW};Priya;Raman;${PRIYA}
MPG-01;${MARLOW};Lucy;Nakamura;${LUCY}
`;
const HARBOUR = { name: "Harbour Freight", slug: "harbour", email: "ines@harbour.test", first: "Ines", last: "Duarte" };

/** Staff choose what a contact is mailed about. */
async function choose(hana, typed, name, kinds) {
  await findContact(hana, typed, name);
  const panel = hana.locator("#mails");
  for (const kind of kinds) await panel.getByRole("checkbox", { name: kind }).check();
  await panel.getByRole("button", { name: "Save choice" }).click();
  await hana.getByText("It holds for what is shared from now on.").waitFor();
}

/** What the panel of the record that is open says about its letters. */
async function mailed(hana, words) {
  await hana.reload();
  await hana.locator("#mail").getByText(words).waitFor();
}

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`section6: the choice behind a letter’s link (${database}, ${width} px)`, async (t) => {
      const { mail, vestibule, site, hana } = await openOffice(t, { database, file: FILE });
      await createBusiness(vestibule, HARBOUR);
      const lucy = await joins(t, site, await invite(hana, mail, "lucy", "Lucy Nakamura", LUCY), MARLOW, { width });
      await choose(hana, "priya", "Priya Raman", ["Invoices", "Dockets"]);
      await choose(hana, "lucy", "Lucy Nakamura", ["Documents"]);
      await shareInvoice(hana, MARLOW, { number: "20418", due: "2036-05-01", file: "%PDF-1.7\n" });
      const letter = await mail.letter(PRIYA, { containing: "/mail/" });
      const path = new URL(linkIn(letter, "/mail/")).pathname;
      let lucys;
      const priya = await open(t, site, undefined, { width });
      const box = (name) => priya.getByRole("checkbox", { name });
      const page = () => priya.getByRole("heading", { level: 1, name: "Mail you get" }).waitFor();

      await t.test("section6_the_letter_leads_to_the_choice_and_looking_changes_nothing", async () => {
        assert.equal(letter.headers["list-unsubscribe"], `<${linkIn(letter, "/mail/")}>`, "mail programs offer it, too");
        for (let looks = 0; looks < 2; looks++) {
          await priya.goto(path);
          await page();
          await priya.getByText(`Tidewater Haulage mails ${PRIYA} when something of these is shared with ${MARLOW}.`).waitFor();
          for (const kind of ["Bookings", "Invoices", "Dockets"]) assert.ok(await box(kind).isChecked(), kind);
        }
        await inspect(priya, "mail-choice");
      });

      await t.test("section6_she_chooses_with_the_keyboard_alone_and_the_link_works_again", async () => {
        await priya.goto(path);
        await pressOn(priya, box("Invoices"), "Space");
        await tabTo(priya, box("Documents"));
        await pressOn(priya, priya.getByRole("button", { name: "Save choice" }));
        await priya.getByText("Your choice is saved").waitFor();
        await inspect(priya, "mail-choice-saved");
        await priya.goto(path);
        await page();
        assert.ok(!(await box("Invoices").isChecked()) && await box("Dockets").isChecked(), "as it was saved");
      });

      await t.test("section6_what_she_declined_is_not_mailed_and_the_rest_is", async () => {
        await shareInvoice(hana, MARLOW, { number: "20419", due: "2036-05-02", file: "%PDF-1.7\n" });
        await mailed(hana, "Nobody was mailed about it.");
        await share(hana, MARLOW, "Docket", "D-7", { Description: "Two loads of sand" });
        await mailed(hana, "1 letter: 1 queued.");
        await hana.locator("#mail").getByRole("link", { name: "Priya Raman" }).click();
        await hana.locator("#mails").getByText("They don’t want mail about these.").waitFor();
        // Whoever has chosen nothing is mailed what staff chose.
        await share(hana, MARLOW, "Document", "Lease", { Description: "Lease 2026" });
        lucys = await mail.letter(LUCY, { containing: "Lease 2026" });
        const all = await mail.letters();
        assert.equal(all.filter(({ text }) => text.includes("20419")).length, 0);
      });

      await t.test("section6_she_takes_it_back_with_the_same_link", async () => {
        await priya.goto(path);
        await box("Invoices").check();
        await priya.getByRole("button", { name: "Save choice" }).click();
        await priya.getByText("Your choice is saved").waitFor();
        await shareInvoice(hana, MARLOW, { number: "20420", due: "2036-05-03", file: "%PDF-1.7\n" });
        await mailed(hana, "1 letter: 1 queued.");
      });

      await t.test("s28_forged_truncated_and_foreign_links_are_none", async () => {
        const token = path.split("/").at(-1);
        const wrong = [`${path.slice(0, -6)}AAAAAA`, path.slice(0, -5), `/mail/harbour/${token}`, "/mail/nobody/x", path.slice(0, -token.length)];
        for (const [n, link] of wrong.entries()) {
          const answer = await priya.goto(link);
          assert.equal(answer.status(), 404, link);
          await priya.getByRole("heading", { level: 1 }).waitFor();
          assert.doesNotMatch(await priya.locator("body").innerText(), /marlow/i, "nothing is told of whose it would be");
          if (n === 0) await inspect(priya, "mail-choice-unknown");
          await fits(priya);
        }
      });

      await t.test("section6_whoever_is_signed_in_as_somebody_else_is_told_whose_mail_it_is", async () => {
        await lucy.goto(path);
        await lucy.getByText("You’re signed in as somebody else").waitFor();
        await lucy.getByText(`What you choose here is about mail to ${PRIYA} alone.`).waitFor();
        await lucy.getByText(LUCY).waitFor();
        await inspect(lucy, "mail-choice-other");
        await lucy.getByRole("checkbox", { name: "Dockets" }).uncheck();
        await lucy.getByRole("button", { name: "Save choice" }).click();
        await lucy.getByText("Your choice is saved").waitFor();
        await priya.goto(path);
        await page();
        assert.ok(!(await box("Dockets").isChecked()), "it is Priya’s mail that was chosen");
        await lucy.goto("/portal/tidewater");
        await lucy.getByRole("button", { name: /^Your account/ }).click();
        await lucy.getByRole("link", { name: "Mail you get" }).click();
        await lucy.getByRole("heading", { level: 1, name: "Mail you get" }).waitFor();
        assert.ok(await lucy.getByRole("checkbox", { name: "Dockets" }).isChecked(), "hers is as it was");
        // Her own letter does not ask who she is.
        await lucy.goto(new URL(linkIn(lucys, "/mail/")).pathname);
        await lucy.getByRole("heading", { level: 1, name: "Mail you get" }).waitFor();
        assert.equal(await lucy.getByText("You’re signed in as somebody else").count(), 0);
      });

      await t.test("section6_without_scripts_and_in_german_it_is_the_same", async () => {
        const plain = await open(t, site, path, { width, scripts: "off", locale: "de-DE" });
        await plain.getByRole("heading", { level: 1, name: "E-Mails, die Sie erhalten" }).waitFor();
        await plain.getByText(`Tidewater Haulage schreibt an ${PRIYA}`).waitFor();
        await plain.getByRole("checkbox", { name: "Rechnungen" }).uncheck();
        await plain.getByRole("button", { name: "Auswahl speichern" }).click();
        await plain.getByText("Ihre Auswahl ist gespeichert").waitFor();
        assert.ok(!(await plain.getByRole("checkbox", { name: "Rechnungen" }).isChecked()));
      });
    });
  }
}
