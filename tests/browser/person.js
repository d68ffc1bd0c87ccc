// What a person does at a business's door: what most tests of the portal begin with.

import { linkIn } from "./mail.js";
import { open } from "./page.js";
import { PASSWORD } from "./staff.js";

/** Chooses a password on the page of an invitation, as somebody new. */
export async function createAccount(page) {
  await page.getByRole("textbox", { name: "Create a password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create my account" }).click();
  await page.getByRole("heading", { name: "Terms and conditions" }).waitFor();
}

/** Accepts the terms. */
export async function acceptTerms(page) {
  await page.getByRole("checkbox", { name: /I have read and accept/ }).check();
  await page.getByRole("button", { name: "Accept and continue" }).click();
}

/** Somebody new opens the path of an invitation, makes an account and accepts the terms: their page, at the client's home. */
export async function joins(t, site, path, client, options) {
  const page = await open(t, site, path, options);
  await createAccount(page);
  await acceptTerms(page);
  await home(page, client);
  return page;
}

/** The same with the invitation in the mail to an address. */
export async function joinsByMail(t, site, mail, address, client, options) {
  const letter = await mail.letter(address, { containing: "/invitation/" });
  return joins(t, site, new URL(linkIn(letter, "/invitation/")).pathname, client, options);
}

/** Waits for the home of a client account. */
export const home = (page, client) => page.getByRole("heading", { level: 1, name: client, exact: true }).waitFor();

/** Fills in the form of a sign-in page, and sends it. */
export async function signIn(page, email, password = PASSWORD) {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
