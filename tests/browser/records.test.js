// What a business shares with a client (U3): staff share, change and withdraw; the client's people find it, and download.

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { WIDTHS, inspect } from "./page.js";
import { home, joins } from "./person.js";
import { databases } from "./server.js";
import { invite, openClient, openOffice } from "./staff.js";

const FILE = `Client reference;Client name;First name;Last name;Email
MPG-01;Marlow Property Group;Priya;Raman;priya.raman@marlow.test
`;
const CLIENT = "Marlow Property Group";
const PDF = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n");
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');

/** A ZIP archive of these files, each as it is. */
function stored(files) {
  const parts = [];
  const list = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(content.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(at, 10);
    const own = Buffer.concat([Buffer.from("PK\x03\x04"), head, Buffer.from(name), content]);
    parts.push(own);
    list.push(Buffer.from("PK\x01\x02\x14\x00"), head, entry, Buffer.from(name));
    at += own.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(18);
  const many = Object.keys(files).length;
  end.writeUInt16LE(many, 4);
  end.writeUInt16LE(many, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directory, Buffer.from("PK\x05\x06"), end]);
}

/** A day as a date field takes it, so many days from today. */
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

for (const database of databases) {
  for (const width of WIDTHS) {
    test(`u3: what is shared, and who finds it (${database}, ${width} px)`, async (t) => {
      const { mail, site, hana } = await openOffice(t, { database, file: FILE });
      const priya = await joins(t, site, await invite(hana, mail, "priya", "Priya Raman", "priya.raman@marlow.test"), CLIENT, { width });
      const records = () => openClient(hana, CLIENT, "Records");

      await t.test("u3_staff_share_an_invoice_with_a_file", async () => {
        await records();
        await hana.getByRole("button", { name: "Share" }).click();
        await hana.getByRole("link", { name: "Invoice" }).click();
        await hana.getByLabel("Number").fill("20418");
        await hana.getByRole("button", { name: "Share invoice" }).click();
        await hana.getByRole("alert").getByText("The description is missing").waitFor();
        await inspect(hana, "record-new-wrong");
        await hana.getByLabel("Description").fill("Cartage, October, 14 loads");
        await hana.getByLabel("Due on").fill(inDays(3));
        await hana.getByLabel("Amount").fill("4,862.00");
        await hana.getByLabel("Currency").fill("AUD");
        await inspect(hana, "record-new");
        await hana.getByRole("button", { name: "Share invoice" }).click();
        await hana.getByText("Invoice 20418 is shared with Marlow Property Group").waitFor();
        const file = hana.getByLabel("Add a file");
        await file.setInputFiles({ name: "logo.pdf", mimeType: "application/pdf", buffer: SVG });
        await hana.getByRole("button", { name: "Add file" }).click();
        await hana.getByRole("alert").getByText("is not a kind of file that can be shared").waitFor();
        await file.setInputFiles({ name: "invoice 20418.pdf", mimeType: "application/pdf", buffer: PDF });
        await hana.getByRole("button", { name: "Add file" }).click();
        await hana.getByRole("link", { name: "invoice 20418.pdf" }).waitFor();
        await inspect(hana, "record");
        await records();
        await hana.getByRole("link", { name: "20418" }).waitFor();
        await inspect(hana, "client-records-shared");
      });

      await t.test("u3_a_person_finds_filters_and_downloads_it", async () => {
        await priya.reload();
        await priya.getByRole("heading", { name: "One thing needs you" }).waitFor();
        await inspect(priya, "portal-home-shared");
        await priya.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Invoices" }).click();
        await priya.getByRole("heading", { level: 1, name: "Invoices" }).waitFor();
        await inspect(priya, "portal-invoices");
        await priya.getByRole("searchbox").fill("cartage");
        await priya.getByText("1 entry").waitFor();
        await priya.getByRole("link", { name: "20418" }).click();
        await priya.getByRole("heading", { level: 1, name: "Invoice 20418" }).waitFor();
        await inspect(priya, "portal-invoice");
        const [download] = await Promise.all([
          priya.waitForEvent("download"),
          priya.getByRole("link", { name: /invoice 20418\.pdf/ }).click(),
        ]);
        assert.equal(download.suggestedFilename(), "invoice 20418.pdf");
      });

      await t.test("u4_which_mail_she_gets_is_her_own_choice", async () => {
        await priya.getByRole("button", { name: /Your account/ }).click();
        await priya.getByRole("link", { name: "Mail you get" }).click();
        await priya.getByRole("heading", { level: 1, name: "Mail you get" }).waitFor();
        await inspect(priya, "portal-mails");
        await priya.getByRole("checkbox", { name: "Dockets" }).uncheck();
        await priya.getByRole("button", { name: "Save choice" }).click();
        await priya.getByText("Your choice is saved").waitFor();
      });

      await t.test("u3_what_is_switched_off_is_gone", async () => {
        await hana.goto("/console/features");
        await inspect(hana, "features");
        await hana.getByLabel("Invoices").uncheck();
        await hana.getByRole("button", { name: "Save" }).click();
        await hana.getByText("It holds for everybody").waitFor();
        await priya.goto("/portal/tidewater");
        await home(priya, CLIENT);
        assert.equal(await priya.getByRole("link", { name: "Invoices" }).count(), 0);
        await hana.getByLabel("Invoices").check();
        await hana.getByRole("button", { name: "Save" }).click();
        await hana.getByText("It holds for everybody").waitFor();
      });

      await t.test("u3_a_withdrawn_invoice_is_gone_from_the_next_request", async () => {
        await records();
        await hana.getByRole("link", { name: "20418" }).click();
        await hana.getByRole("link", { name: "Withdraw…" }).click();
        await hana.getByRole("button", { name: "Yes, withdraw it" }).click();
        await hana.getByText("Nobody but staff sees it any more").waitFor();
        await inspect(hana, "record-withdrawn");
        await priya.goto("/portal/tidewater");
        await priya.getByRole("heading", { name: "Nothing shared yet" }).waitFor();
      });

      await t.test("u3_records_come_in_from_a_table_with_their_files", async () => {
        const table = [
          "Client reference,Kind,Number,Description,Date,Due,Amount,Currency,Shared with,Attachments",
          `MPG-01,invoice,20419,"Cartage, November",${inDays(0)},${inDays(20)},1200,AUD,,20419.txt`,
          `MPG-01,document,Lease,Lease 2026,${inDays(0)},,,,priya.raman@marlow.test,`,
          `MPG-01,document,Logo,The logo,${inDays(0)},,,,,logo.svg`,
        ].join("\n");
        const files = stored({ "november/20419.txt": Buffer.from("14 loads"), "logo.svg": SVG, "draft.txt": Buffer.from("a") });
        await records();
        await hana.getByRole("button", { name: "Share" }).click();
        await hana.getByRole("link", { name: "From a spreadsheet…" }).click();
        await hana.getByRole("navigation", { name: "What to import" }).waitFor();
        await inspect(hana, "import-records");
        await hana.getByLabel("File", { exact: true }).setInputFiles({ name: "november.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
        await hana.getByLabel("Files of the records").setInputFiles({ name: "november.zip", mimeType: "application/zip", buffer: files });
        await hana.getByRole("button", { name: "Check the file" }).click();
        await hana.getByRole("heading", { name: "Check before importing" }).waitFor();
        await hana.getByText("logo.svg is not a kind of file that can be shared").waitFor();
        await hana.getByText("No row names 1 file").waitFor();
        await inspect(hana, "import-records-refused");
        await hana.getByRole("navigation", { name: "Show rows" }).getByRole("link", { name: "New" }).click();
        await hana.getByText("With 20419.txt.").waitFor();
        await inspect(hana, "import-records-new");
        await hana.getByRole("button", { name: "Import 2 records" }).click();
        await hana.getByRole("heading", { name: "Imported" }).waitFor();
        await inspect(hana, "import-records-done");
        await priya.goto("/portal/tidewater");
        await priya.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Invoices" }).click();
        await priya.getByRole("link", { name: "20419" }).click();
        const [download] = await Promise.all([
          priya.waitForEvent("download"),
          priya.getByRole("link", { name: /20419\.txt/ }).click(),
        ]);
        assert.equal(download.suggestedFilename(), "20419.txt");
      });
    });
  }
}
