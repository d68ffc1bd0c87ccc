// A forgotten password of staff: a link by mail, a new password, and then the sign-in page like everybody.

import { test } from "node:test";
import { linkIn, startMailServer } from "./mail.js";
import { inspect, open } from "./page.js";
import { databases, install } from "./server.js";
import { createBusiness, hanaComesIn } from "./staff.js";

const NEW = "four quite other words";

for (const database of databases) {
  test(`staff set a forgotten password by a mailed link, and then sign in (${database})`, async (t) => {
    const mail = await startMailServer(t);
    const vestibule = await install(t, { database, mail: mail.settings("starttls") });
    const link = await createBusiness(vestibule);
    const site = await vestibule.serve();
    const before = await hanaComesIn(t, site, link);

    const hana = await open(t, site, "/console/sign-in");
    await hana.getByRole("link", { name: "Forgotten your password?" }).click();
    await hana.getByRole("heading", { name: "Forgotten your password?" }).waitFor();
    await inspect(hana, "console-forgotten");
    await hana.getByLabel("Email").fill("Hana@tidewater.test");
    await hana.getByRole("button", { name: "Mail me a link" }).click();
    await hana.getByRole("heading", { name: "Check your mail" }).waitFor();
    await inspect(hana, "console-forgotten-asked");

    const letter = await mail.letter("hana@tidewater.test");
    await hana.goto(new URL(linkIn(letter, "/console/reset/")).pathname);
    await inspect(hana, "console-reset");
    await hana.getByRole("textbox", { name: "New password" }).fill("short");
    await hana.getByRole("button", { name: "Set new password" }).click();
    await hana.getByRole("alert").waitFor();
    await hana.getByRole("textbox", { name: "New password" }).fill(NEW);
    await hana.getByRole("button", { name: "Set new password" }).click();
    await hana.getByRole("heading", { name: "Sign in" }).waitFor();
    await hana.getByLabel("Work email").fill("hana@tidewater.test");
    await hana.getByRole("textbox", { name: "Password" }).fill(NEW);
    await hana.getByRole("button", { name: "Sign in" }).click();
    await hana.getByRole("heading", { name: "Overview" }).waitFor();

    await before.goto("/console");
    await before.getByRole("heading", { name: "Sign in" }).waitFor();
  });
}
