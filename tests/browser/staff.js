// The first hour of a business, as its staff live it: what most tests of the console begin with.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { linkIn, startMailServer } from "./mail.js";
import { open } from "./page.js";
import { install } from "./server.js";

export const PASSWORD = "marmot anvil quilt dune";

const TERMS = `# Client portal terms

These terms cover your use of the portal.

## 1. Your account

Your account is for you alone.
`;

const TIDEWATER = { name: "Tidewater Haulage", slug: "tidewater", email: "hana@tidewater.test", first: "Hana", last: "Whitlock" };

/** Creates a business with its terms, Tidewater Haulage unless it is told otherwise; answers the path of its first staff member's one-time link. */
export async function createBusiness(vestibule, { name, slug, email, first, last } = TIDEWATER) {
  const told = await vestibule.run(
    "init", "--business", name, "--slug", slug, "--email", email, "--first-name", first, "--last-name", last,
  );
  const file = join(vestibule.folder, "terms.md");
  await writeFile(file, TERMS);
  await vestibule.run("terms", file, "--business", slug);
  return new URL(/http\S+\/console\/welcome\/\S+/.exec(told)[0]).pathname;
}

/** Tidewater Haulage on its first morning: Hana has come in, and imported `file`. `tls` is the way its letters go. */
export async function openOffice(t, { database, file, tls = "starttls" }) {
  const mail = await startMailServer(t);
  const vestibule = await install(t, { database, mail: mail.settings(tls) });
  const link = await createBusiness(vestibule);
  const site = await vestibule.serve();
  const hana = await hanaComesIn(t, site, link);
  await importAll(hana, file);
  return { mail, vestibule, site, hana };
}

/** Hana, or whoever the link is for, opens it and sets a password: their page, at the overview. */
export async function hanaComesIn(t, site, link, options = {}) {
  const hana = await open(t, site, link, options);
  await hana.getByRole("textbox", { name: "Create a password" }).fill(PASSWORD);
  await hana.getByRole("button", { name: "Set password and sign in" }).click();
  await hana.getByRole("heading", { name: "Overview" }).waitFor();
  return hana;
}

/** Imports a file through the page: upload, check, import, done. */
export async function importFile(page, name, content) {
  await page.goto("/console/import");
  await page.getByLabel("File", { exact: true }).setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("heading", { name: "Check before importing" }).waitFor();
}

/** Imports everything in a file. */
export async function importAll(page, content) {
  await importFile(page, "clients.csv", content);
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.getByRole("heading", { name: "Imported" }).waitFor();
}

/** Invites the contact whose page is open. */
async function inviteThem(page) {
  await page.getByRole("button", { name: "Invite to portal" }).click();
  await page.getByRole("button", { name: "Resend Invite" }).waitFor();
}

/** The path of the next invitation that arrives at an address. */
export async function invitationTo(mail, address) {
  return new URL(linkIn(await mail.letter(address, { containing: "/invitation/" }), "/invitation/")).pathname;
}

/** Invites a contact who is found by typing part of their name; answers the path in the letter. */
export async function invite(page, mail, typed, name, address) {
  await findContact(page, typed, name);
  await inviteThem(page);
  return invitationTo(mail, address);
}

/** Invites the contact of this name at this client, where several clients have one. */
export async function inviteAt(page, client, name) {
  await page.goto(`/console/contacts?q=${encodeURIComponent(client)}`);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await inviteThem(page);
}

/** Opens a tab of a client's page. */
export async function openClient(page, client, tab) {
  await page.goto("/console/clients");
  await page.getByRole("link", { name: client }).first().click();
  await page.getByRole("navigation", { name: client }).getByRole("link", { name: tab }).click();
}

/** Adds a portal user at a client who is its Global Admin. */
export async function addGlobalAdmin(page, client, { email, first, last }) {
  await openClient(page, client, /^Users & groups/);
  await page.getByRole("link", { name: "Add New User" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("First name").fill(first);
  await page.getByLabel("Last name").fill(last);
  await page.getByRole("checkbox", { name: "Global Admin" }).check();
  await page.getByRole("button", { name: "Save User" }).click();
  await page.getByText(`${first} ${last} is invited to`).waitFor();
}

/** Shares something with everybody of a client, with what its form asks for by label. */
export async function share(page, client, kind, number, fields) {
  await openClient(page, client, "Records");
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("link", { name: kind }).click();
  await page.getByLabel("Number").fill(number);
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  await page.getByRole("button", { name: `Share ${kind.toLowerCase()}` }).click();
  await page.getByText(`${kind} ${number} is shared with`).waitFor();
}

/** Shares an invoice with everybody of a client, due on this day, with a file. */
export async function shareInvoice(page, client, { number, due, file }) {
  await share(page, client, "Invoice", number, {
    Description: `Work for ${client}`, "Due on": due, Amount: "120.00", Currency: "AUD",
  });
  await page.getByLabel("Add a file").setInputFiles({ name: `${number}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(file) });
  await page.getByRole("button", { name: "Add file" }).click();
  await page.getByRole("link", { name: `${number}.pdf` }).waitFor();
}

/** Opens a contact by typing part of their name into the list. */
export async function findContact(page, typed, name) {
  await page.goto("/console/contacts");
  await page.getByRole("searchbox").fill(typed);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}
