// A real mail server on loopback for one test, and the letters it was given. See tests/smtp/server.js.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { atEnd, within } from "./ending.js";
import { start } from "./process.js";

const program = fileURLToPath(new URL("../smtp/server.js", import.meta.url));

/** Starts a mail server that takes every letter until it is told otherwise. */
export async function startMailServer(t) {
  const child = start(process.execPath, [program], { env: process.env });
  atEnd(t, () => {
    child.closeInput();
    return within(10, "the mail server to end", child.ended);
  });
  const [ready] = await child.line(/^\{.*\}$/);
  return new MailServer(JSON.parse(ready));
}

class MailServer {
  constructor(ready) {
    Object.assign(this, ready);
  }

  /** The `[mail]` section of a configuration that uses this server: `starttls`, `tls` or `none`. */
  settings(tls = "starttls") {
    const { host, user, password, ca_file } = this;
    const login = tls === "none" ? {} : { user, password, ca_file };
    const port = tls === "none" ? this.plain : this[tls];
    return { transport: "smtp", smtp: { host, port, tls, timeout_seconds: 5, ...login } };
  }

  accept() {
    return this.#behave({ kind: "accept" });
  }

  /** Refuses with a code at a stage: connect, auth, mail, rcpt or data; for one recipient, or so many times. */
  refuse(code, { at = "rcpt", ...limits } = {}) {
    return this.#behave({ kind: "refuse", code, at, ...limits });
  }

  /** Gives no answer at a stage until `release()`. */
  hold({ at = "data", ...limits } = {}) {
    return this.#behave({ kind: "hold", at, ...limits });
  }

  /** Breaks the connection off at a stage. */
  drop({ at = "data", ...limits } = {}) {
    return this.#behave({ kind: "drop", at, ...limits });
  }

  async release() {
    const { released } = await this.#ask("POST", "/release");
    return released;
  }

  /** The first event of a kind (refused, held, dropped, signed_in, …) that this test has not yet been given. */
  next(event, { to, containing, seconds = 20 } = {}) {
    const question = { event, ...(to && { to }), ...(containing && { containing }) };
    return within(seconds, Object.values(question).join(" "), this.#unseen(question));
  }

  /** The first letter, to this address and with these words if any are given, that this test has not yet read. */
  letter(to, { containing } = {}) {
    return this.next("message", { to, containing });
  }

  /** All letters taken so far, without waiting. */
  async letters() {
    const events = await this.#ask("GET", "/events");
    return events.filter(({ event }) => event === "message");
  }

  #seen = new Set();

  async #unseen(question) {
    let found = { seq: 0 };
    do {
      found = await this.#ask("GET", `/events/next?${new URLSearchParams({ ...question, after: found.seq })}`);
    } while (this.#seen.has(found.seq));
    this.#seen.add(found.seq);
    return found;
  }

  #behave(behaviour) {
    return this.#ask("PUT", "/behaviour", behaviour);
  }

  async #ask(method, path, body) {
    const response = await fetch(this.control + path, { method, body: body && JSON.stringify(body) });
    const answer = await response.json();
    assert.ok(response.ok, `mail server: ${answer.error}`);
    return answer;
  }
}

/** The one link in a letter whose address contains `part`; HTML and text must agree on it. */
export function linkIn(letter, part) {
  const inText = unique(letter.text.match(/https?:\/\/[^\s<>"]+/g) ?? [], part);
  const hrefs = [...letter.html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
  const inHtml = unique(hrefs, part);
  const found = `one link with ${part} in the text of “${letter.subject}”, not ${inText.length}:\n${letter.text}`;
  assert.equal(inText.length, 1, found);
  assert.deepEqual(inHtml, inText, `HTML and text of “${letter.subject}” differ in their link`);
  return inText[0];
}

function unique(links, part) {
  return [...new Set(links.filter((link) => link.includes(part)))];
}
