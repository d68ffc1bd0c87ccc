// More client accounts than the switcher's menu has room for (U3): whichever somebody is in is named there, and a page of its own
// searches them all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, inspect } from "./page.js";
import { home, joins } from "./person.js";
import { databases } from "./server.js";
import { invitationTo, inviteAt, openOffice } from "./staff.js";

const ADDRESS = "priya.raman@marlow.test";
const CLIENTS = ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak"].map((tree) => `${tree} Street Body Corporate`);
const FILE = `Client reference;Client name;First name;Last name;Email\n${CLIENTS.map((client, n) => `T-${n};${client};Priya;Raman;${ADDRESS}\n`).join("")}`;

for (const database of databases) {
  test(`u3: more client accounts than a menu holds (${database})`, async (t) => {
    const { mail, site, hana } = await openOffice(t, { database, file: FILE });
    for (const client of CLIENTS) await inviteAt(hana, client, "Priya Raman");
    const named = (page) => page.getByRole("heading", { level: 1 });

    const priya = await joins(t, site, await invitationTo(mail, ADDRESS), /Street Body Corporate$/);
    const seen = [await named(priya).innerText()];
    await t.test("u3_whichever_account_she_is_in_is_named_in_the_menu", async () => {
      while (seen.length < CLIENTS.length) {
        await priya.goto(await invitationTo(mail, ADDRESS));
        await priya.getByRole("button", { name: "Accept the invitation" }).click();
        await priya.waitForURL(/\/clients\//);
        const client = await named(priya).innerText();
        await priya.locator("button.switcher").getByText(client).waitFor();
        seen.push(client);
      }
      assert.deepEqual(seen.toSorted(), CLIENTS);
      await priya.locator("button.switcher").click();
      assert.equal(await priya.locator("#m-acct").getByRole("link").count(), 8 + 1, "eight, and the way to all");
      await inspect(priya, "switcher-many");
    });

    await t.test("u3_more_accounts_than_the_menu_holds_are_searched", async () => {
      await priya.locator("#m-acct").getByRole("link", { name: "All your client accounts" }).click();
      await priya.getByRole("heading", { level: 1, name: "Your client accounts" }).waitFor();
      await inspect(priya, "accounts");
      await fits(priya);
      await priya.getByRole("searchbox").fill("larch");
      await priya.waitForURL(/q=larch/);
      assert.equal(await priya.locator("#rows").getByRole("link").count(), 1);
      await priya.getByRole("searchbox").fill("nothing like it");
      await priya.getByText("No client account has a name like that").waitFor();
      await inspect(priya, "accounts-none");
      await priya.getByRole("searchbox").fill("larch");
      await priya.locator("#rows").getByRole("link", { name: /^Larch|LS/ }).click();
      await home(priya, "Larch Street Body Corporate");
    });
  });
}
