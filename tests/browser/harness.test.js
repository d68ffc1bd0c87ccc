// The harness itself: that it notices what it promises to notice, shown on a stand-in for the product.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { linkIn, startMailServer } from "./mail.js";
import { axe, expectFault, faultsOf, fits, inspect, open, shot } from "./page.js";
import { databases, install } from "./server.js";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const standIn = (t, options) => install(t, { binary: here("stand-in/vestibule"), ...options });

test("a good page passes every check, in every view", async (t) => {
  const site = await (await standIn(t)).serve();
  const page = await open(t, site, "/good");
  assert.equal(await page.textContent("#greeting"), "Hello from a script");
  await inspect(page, "harness-good");
  assert.deepEqual(page.viewportSize(), { width: 1440, height: 900 });
});

test("a page can be seen without scripts, small and dark", async (t) => {
  const site = await (await standIn(t)).serve();
  const page = await open(t, site, "/good", { width: 375, theme: "dark", scripts: "off" });
  assert.equal(await page.textContent("#greeting"), "Hello");
  await fits(page);
  const picture = await readFile(await shot(page, "harness-plain"));
  assert.equal(picture.readUInt32BE(16), 375, "the picture's width, from its PNG header");
});

test("a secure cookie with the __Host- prefix is kept on the loopback address", async (t) => {
  const site = await (await standIn(t)).serve();
  const page = await open(t, site, "/cookie");
  await page.reload();
  assert.equal(await page.textContent("h1"), "Known");
  const stranger = await open(t, site, "/cookie");
  assert.equal(await stranger.textContent("h1"), "Unknown");
});

const FAULTS = [
  ["an inline script, against the security policy", "/inline", /Content Security Policy/],
  ["a request to another host", "/foreign", /request to another host: http:\/\/elsewhere\.test\//],
  ["an uncaught error", "/uncaught", /uncaught: thrown on purpose/],
  ["a part of the page that is missing", "/missing-part", /status 404: .*nothing\.png/],
];
for (const [what, path, pattern] of FAULTS) {
  test(`noticed: ${what}`, async (t) => {
    const site = await (await standIn(t)).serve();
    const page = await open(t, site, path);
    await expectFault(page, pattern);
    assert.deepEqual(await faultsOf(page), []);
  });
}

test("noticed: a field without a label, named with its place", async (t) => {
  const site = await (await standIn(t)).serve();
  const page = await open(t, site, "/unlabelled");
  await assert.rejects(axe(page), /label: Form elements must have labels[^]*input/);
});

test("noticed: a page wider than its window", async (t) => {
  const site = await (await standIn(t)).serve();
  await assert.rejects(fits(await open(t, site, "/wide", { width: 375 })), /3\d\d\d px wide in a window of 375 px/);
});

test("an answer of 404 to a page is the test's to judge, not a fault", async (t) => {
  const site = await (await standIn(t)).serve();
  const page = await open(t, site, "/nothing-here");
  assert.equal(await page.textContent("h1"), "Not found");
});

test("a fault nobody expected, and a server that ends badly, fail their tests", async () => {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const outcome = await new Promise((resolve) => {
    const args = ["--test", "--test-reporter=tap", here("stand-in/failing.js")];
    execFile(process.execPath, args, { env }, (error, stdout) => resolve({ code: error?.code, stdout }));
  });
  assert.equal(outcome.code, 1);
  assert.match(outcome.stdout, /# pass 0\n# fail 3/);
  assert.match(outcome.stdout, /uncaught: thrown on purpose/);
  assert.match(outcome.stdout, /vestibule ended with SIGKILL/);
  assert.match(outcome.stdout, /ended \({"code":9.*without/);
});

test("one command runs to its end, with the configuration that the server gets", async (t) => {
  const mail = { transport: "smtp", smtp: { port: 25, tls: "none" } };
  const settings = { server: { listen: "127.0.0.1:0", trusted_proxies: ["10.0.0.0/8"] } };
  const vestibule = await standIn(t, { mail, settings });
  const config = await vestibule.run("settings");
  assert.match(config, /^\[server\]\nlisten = "127.0.0.1:0"\naddress = "http:.*"\ntrusted_proxies = \["10.0.0.0\/8"\]\n/m);
  assert.match(config, /^\[mail\]\nfrom = ".*"\ntransport = "smtp"\n\n\[mail.smtp\]\nport = 25\ntls = "none"\n/m);
  await assert.rejects(vestibule.run("no-such-command"), /usage: vestibule/);
});

test("two nodes run side by side, and one can be killed", async (t) => {
  const vestibule = await standIn(t);
  const [one, other] = [await vestibule.serve(), await vestibule.serveAnother()];
  assert.notEqual(one.address, other.address);
  assert.deepEqual(await one.kill(), { code: null, signal: "SIGKILL" });
  await assert.rejects(fetch(`${one.address}/good`));
  assert.equal((await fetch(`${other.address}/good`)).status, 200);
});

for (const database of databases) {
  test(`each installation has a database of its own on ${database}`, async (t) => {
    const one = await standIn(t, { database });
    const other = await standIn(t, { database });
    assert.notEqual(one.sections.database.url, other.sections.database.url);
    assert.match(one.sections.database.url, database === "postgres" ? /^postgres:.*\/browser_\w+$/ : /^sqlite:\/.*\.db$/);
  });
}

for (const tls of ["starttls", "tls"]) {
  test(`a letter arrives by ${tls} with a login`, async (t) => {
    const { mail, invite, address } = await withMail(t, tls);
    assert.equal(await invite(), "Sent");
    const letter = await mail.letter("Omar@client.test");
    assert.equal(letter.subject, "Grüße, Omar");
    assert.deepEqual(letter.envelope, { from: "portal@vestibule.test", to: ["omar@client.test"] });
    assert.equal(letter.secure, true);
    assert.equal(letter.user, mail.user);
    assert.equal(linkIn(letter, "/good"), `${address}/good?a=1&b=2`);
    assert.equal((await mail.letters()).length, 1);
  });
}

for (const at of ["connect", "auth", "mail", "rcpt", "data"]) {
  test(`the mail server refuses, holds and breaks off at ${at}`, async (t) => {
    const { mail, invite } = await withMail(t);
    for (const code of [451, 550]) {
      await mail.refuse(code, { at, times: 1 });
      assert.match(await invite(), new RegExp(`Not sent ${code}`));
      assert.equal((await mail.next("refused")).at, at);
    }
    assert.equal(await invite(), "Sent", "after so many times it accepts again");

    await mail.drop({ at });
    assert.match(await invite(), /Not sent (broken off|undefined)/);
    assert.equal((await mail.next("dropped")).at, at);

    await mail.hold({ at });
    const waiting = invite();
    assert.equal((await mail.next("held")).at, at);
    await mail.accept();
    assert.equal(await mail.release(), 1);
    assert.equal(await waiting, "Sent");
    assert.equal((await mail.letters()).length, 2);
  });
}

test("one recipient alone is refused", async (t) => {
  const { mail, invite } = await withMail(t);
  await mail.refuse(550, { to: "nadia@client.test" });
  assert.equal(await invite(), "Sent");
  await mail.refuse(550, { to: "OMAR@client.test" });
  assert.match(await invite(), /Not sent 550/);
});

test("a wrong password is refused", async (t) => {
  const { mail, invite } = await withMail(t, "starttls", { password: "wrong" });
  assert.match(await invite(), /Not sent 535/);
  await mail.next("sign_in_refused");
});

async function withMail(t, tls = "starttls", { password } = {}) {
  const mail = await startMailServer(t);
  const section = mail.settings(tls);
  if (password) section.smtp.password = password;
  const site = await (await standIn(t, { mail: section })).serve();
  const invite = async () => {
    const response = await fetch(`${site.address}/invite`, { method: "POST" });
    const html = await response.text();
    return [...html.matchAll(/<(?:h1|p)>(.*?)</g)].map(([, text]) => text).join(" ");
  };
  return { mail, invite, address: site.address };
}
