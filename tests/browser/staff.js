// The first hour of a business, as its staff live it: what most tests of the console begin with.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { open } from "./page.js";

export const PASSWORD = "marmot anvil quilt dune";

const TERMS = `# Client portal terms

These terms cover your use of the portal.

## 1. Your account

Your account is for you alone.
`;

/** Creates the business Tidewater Haulage with its terms; answers the path of Hana's one-time link. */
export async function createBusiness(vestibule) {
  const told = await vestibule.run(
    "init", "--business", "Tidewater Haulage", "--slug", "tidewater",
    "--email", "hana@tidewater.test", "--first-name", "Hana", "--last-name", "Whitlock",
  );
  const file = join(vestibule.folder, "terms.md");
  await writeFile(file, TERMS);
  await vestibule.run("terms", file);
  return new URL(/http\S+\/console\/welcome\/\S+/.exec(told)[0]).pathname;
}

/** Hana opens her link and sets her password: her page, at the overview. */
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

/** Opens a contact by typing part of their name into the list. */
export async function findContact(page, typed, name) {
  await page.goto("/console/contacts");
  await page.getByRole("searchbox").fill(typed);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}
