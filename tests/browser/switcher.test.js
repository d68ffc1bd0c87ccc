// One sign-in, many doors (U3): the client accounts of one business, and another business, a click away from each other; each tab of
// the browser stands where it was put, and nothing of one is seen at the other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, inspect, openTab } from "./page.js";
import { acceptTerms, home, joins } from "./person.js";
import { databases } from "./server.js";
import { createBusiness, hanaComesIn, importAll, invitationTo, inviteAt, openOffice, shareInvoice } from "./staff.js";

const HEAD = "Client reference;Client name;First name;Last name;Email\n";
const ADDRESS = "priya.raman@marlow.test";
const MARLOW = "Marlow Property Group";
const DOCKSIDE = "Dockside Strata Committee";
const ELSEWHERE = "Raman Family Trust";
const HERS = (reference, client) => `${reference};${client};Priya;Raman;${ADDRESS}\n`;
const FILE = HEAD + HERS("MPG-01", MARLOW) + HERS("DSC-02", DOCKSIDE);
const HARBOUR = { name: "Harbour Accounting", slug: "harbour", email: "ines@harbour.test", first: "Ines", last: "Quist" };

/** What a client's home shows besides the frame, which names the other accounts. */
const main = (page) => page.getByRole("main").innerText();

/** Accepts a further invitation in the browser in which somebody is signed in. */
async function accepts(page, path, client) {
  await page.goto(path);
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await home(page, client);
}

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`u3: one sign-in, many doors (${database}, ${width} px)`, async (t) => {
      const { mail, vestibule, site, hana } = await openOffice(t, { database, file: FILE });
      const ines = await hanaComesIn(t, site, await createBusiness(vestibule, HARBOUR));
      await importAll(ines, HEAD + HERS("RFT-01", ELSEWHERE));
      await shareInvoice(hana, MARLOW, { number: "M-1", due: "2036-05-01", file: "%PDF-1.7\nMarlow\n" });
      await shareInvoice(hana, DOCKSIDE, { number: "D-1", due: "2036-05-01", file: "%PDF-1.7\nDockside\n" });
      await shareInvoice(ines, ELSEWHERE, { number: "R-1", due: "2036-05-01", file: "%PDF-1.7\nTrust\n" });

      const path = async (client, staff) => {
        await inviteAt(staff, client, "Priya Raman");
        return invitationTo(mail, ADDRESS);
      };
      const priya = await joins(t, site, await path(MARLOW, hana), MARLOW, { width });
      await accepts(priya, await path(DOCKSIDE, hana), DOCKSIDE);

      const switchTo = async (page, name) => {
        const sent = [];
        const count = (request) => request.isNavigationRequest() && sent.push(request.url());
        await page.locator("button.switcher").click();
        page.on("request", count);
        await page.locator("#m-acct").getByRole("link", { name }).click();
        await home(page, name);
        page.off("request", count);
        return sent;
      };

      await t.test("u3_switching_is_one_click", async () => {
        assert.equal((await switchTo(priya, MARLOW)).length, 1, "one click, one page");
        await priya.locator("button.switcher").click();
        await inspect(priya, "switcher-open");
        await priya.keyboard.press("Escape");
      });

      const second = await openTab(t, priya);
      await t.test("u3_two_tabs_stand_in_two_client_accounts", async () => {
        await switchTo(second, DOCKSIDE);
        await priya.reload();
        await home(priya, MARLOW);
        assert.match(await main(priya), /Invoice M-1/);
        assert.doesNotMatch(await main(priya), /D-1/);
        await second.reload();
        await home(second, DOCKSIDE);
        assert.match(await main(second), /Invoice D-1/);
        assert.doesNotMatch(await main(second), /M-1/);
      });

      await t.test("u3_nothing_of_one_client_is_seen_under_another", async () => {
        await second.getByRole("link", { name: /Invoice D-1/ }).first().click();
        await second.getByRole("heading", { level: 1, name: "Invoice D-1" }).waitFor();
        const dockside = new URL(second.url()).pathname;
        const there = /clients\/([^/]+)/.exec(dockside)[1];
        const here = /clients\/([^/]+)/.exec(priya.url())[1];
        const answer = await second.goto(dockside.replace(there, here));
        assert.equal(answer.status(), 404, "a record's id under another client of the same person");
        assert.doesNotMatch(await second.content(), /D-1/);
        await second.goto(dockside);
        const download = await second.locator("a[href*='/files/']").getAttribute("href");
        assert.equal((await priya.request.get(download)).status(), 200);
        assert.equal((await priya.request.get(download.replace(there, here))).status(), 404, "nor its file");
        await priya.goto(`${site.address}/portal/tidewater/clients/${here}/invoices`);
        await priya.getByRole("searchbox").fill("D-1");
        await priya.locator("#count").getByText(/^0|No/).first().waitFor();
      });

      await t.test("u3_another_business_is_one_click_away_in_its_own_look", async () => {
        await second.goto(await path(ELSEWHERE, ines));
        await second.getByRole("button", { name: "Accept the invitation" }).click();
        await acceptTerms(second);
        await home(second, ELSEWHERE);
        const look = (page) => page.evaluate(() => [...document.styleSheets].map(({ href }) => href).find((href) => /brand\.css$/.test(href)));
        assert.equal(await look(second), `${site.address}/portal/harbour/brand.css`);
        await second.getByRole("banner").getByText("Harbour Accounting").first().waitFor({ state: "attached" });
        await inspect(second, "portal-elsewhere");
        assert.doesNotMatch(await second.content(), new RegExp(`${MARLOW}|${DOCKSIDE}|M-1|D-1`), "nothing of one business at another");

        await priya.goto("/portal/tidewater");
        await priya.locator("button.switcher").click();
        await priya.locator("#m-acct").getByRole("link", { name: "Harbour Accounting" }).click();
        await home(priya, ELSEWHERE);
        assert.equal(await look(priya), `${site.address}/portal/harbour/brand.css`);
        await priya.locator("button.switcher").click();
        await priya.locator("#m-acct").getByRole("link", { name: "Tidewater Haulage" }).click();
        await priya.getByRole("heading", { level: 1, name: new RegExp(`${MARLOW}|${DOCKSIDE}`) }).waitFor();
        assert.equal(await look(priya), `${site.address}/portal/tidewater/brand.css`);
        await second.reload();
        await home(second, ELSEWHERE);
      });
    });
  }
}
