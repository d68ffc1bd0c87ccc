#!/usr/bin/env node
// A real mail server for tests: takes mail on loopback, keeps it, and misbehaves when told to.
//
//   node tests/smtp/server.js
//
// Its first line on stdout is JSON: { host, starttls, tls, plain, user, password, ca_file, control }.
// `starttls` and `tls` are ports that want the login; `plain` is a port without either. The server ends when
// its stdin closes, so it never outlives the test that started it.
//
// `control` is the address of a small HTTP interface:
//   PUT  /behaviour   {"kind":"accept"}
//                     {"kind":"refuse","at":"rcpt","code":550}            at: connect, auth, mail, rcpt, data
//                     {"kind":"refuse","at":"rcpt","code":451,"times":1}  once, then accepted
//                     {"kind":"refuse","at":"rcpt","code":550,"to":"omar@client.test"}
//                     {"kind":"hold","at":"data"}                         no answer until released
//                     {"kind":"drop","at":"data"}                         the connection breaks off
//   POST /release     answers everything held (as accepted); returns {"released":N}
//   GET  /events      everything that happened, as a list
//   GET  /events/next?after=SEQ&event=message&to=ADDRESS&containing=WORDS
//                     the first such event, now or when it comes; the words are looked for in a message's text
// Events: connected, signed_in, sign_in_refused, refused, held, dropped, message. A message carries
// envelope, secure, user, raw, from, to, subject, text, html and headers.

import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { Behaviours, parseBehaviour } from "./behaviour.js";
import { makeCertificate } from "./certificate.js";
import { Events } from "./events.js";

// The npm packages of all tests are installed beside the browser tests.
const installed = createRequire(new URL("../browser/package.json", import.meta.url));
const { SMTPServer } = installed("smtp-server");
const PostalMime = installed("postal-mime").default;

const USER = "vestibule";
const PASSWORD = "a login for tests only";

const folder = mkdtempSync(join(tmpdir(), "vestibule-smtp-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
process.stdin.resume().on("close", () => process.exit(0));

const certificate = makeCertificate(folder);
const events = new Events();
const behaviours = new Behaviours();

/** Listens with the given security; `sockets` finds the raw connection of a session, to break it off. */
async function listen(options) {
  const sockets = new Map();
  const smtp = new SMTPServer({
    ...options,
    key: certificate.key,
    cert: certificate.cert,
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    socketTimeout: 10 * 60 * 1000,
    onConnect: (session, done) => {
      events.record("connected", {});
      treat("connect", session, [], done);
    },
    onAuth: (auth, session, done) => {
      if (auth.username !== USER || auth.password !== PASSWORD) {
        events.record("sign_in_refused", { user: auth.username });
        return done(refusal(535, "wrong user or password"));
      }
      treat("auth", session, [], (error) => {
        if (!error) events.record("signed_in", { user: auth.username, secure: session.secure });
        done(error, { user: auth.username });
      });
    },
    onMailFrom: (_address, session, done) => treat("mail", session, [], done),
    onRcptTo: ({ address }, session, done) => treat("rcpt", session, [address], done),
    onData: (stream, session, done) => receive(stream, session, done),
  });

  function treat(stage, session, recipients, done) {
    const due = behaviours.at(stage, recipients);
    if (due.kind === "accept") return done();
    if (due.kind === "refuse") {
      events.record("refused", { at: stage, code: due.code, recipients });
      return done(refusal(due.code, due.text));
    }
    if (due.kind === "hold") {
      behaviours.hold(done);
      return events.record("held", { at: stage, recipients });
    }
    sockets.get(session.remotePort)?.destroy();
    events.record("dropped", { at: stage, recipients });
  }

  async function receive(stream, session, done) {
    const { mailFrom, rcptTo } = session.envelope;
    const envelope = { from: mailFrom.address, to: rcptTo.map((one) => one.address) };
    const raw = await buffer(stream).catch(() => undefined);
    if (raw === undefined) return; // The caller broke off in the middle of the letter: it was never taken.
    const mail = readable(await PostalMime.parse(raw));
    treat("data", session, envelope.to, (error) => {
      const { secure, user } = session;
      if (!error) events.record("message", { envelope, ...mail, raw: raw.toString(), secure, user });
      done(error);
    });
  }

  smtp.on("error", () => {}); // A caller that breaks off, or mistrusts the certificate, is part of the tests.
  await new Promise((ready) => smtp.listen(0, "127.0.0.1", ready));
  smtp.server.on("connection", (socket) => {
    const port = socket.remotePort;
    sockets.set(port, socket);
    socket.on("close", () => sockets.delete(port));
  });
  return smtp.server.address().port;
}

function refusal(code, message) {
  return Object.assign(new Error(message), { responseCode: code });
}

function readable(mail) {
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
  const { subject = "", text = "", html = "" } = mail;
  return { from: mail.from, to: mail.to ?? [], subject, text, html, headers };
}

async function control(request, response) {
  const url = new URL(request.url, "http://control");
  const answer = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const asked = `${request.method} ${url.pathname}`;
  if (asked === "PUT /behaviour") {
    try {
      behaviours.follow(parseBehaviour(await text(request)));
      return answer(200, {});
    } catch (error) {
      return answer(400, { error: error.message });
    }
  }
  if (asked === "POST /release") return answer(200, { released: behaviours.release() });
  if (asked === "GET /events") return answer(200, events.all());
  if (asked === "GET /events/next") {
    const found = await events.next(question(url.searchParams), (forget) => response.on("close", forget));
    return answer(200, found);
  }
  return answer(404, { error: `nothing at ${asked}` });
}

function question(query) {
  const event = query.get("event");
  const to = query.get("to")?.toLowerCase();
  const words = query.get("containing");
  const wants = (entry) =>
    (!event || entry.event === event) &&
    (!to || (entry.envelope?.to ?? entry.recipients ?? []).some((one) => one.toLowerCase() === to)) &&
    (!words || entry.text?.includes(words));
  return { after: Number(query.get("after") ?? 0), wants };
}

const http = createServer(control);
await new Promise((ready) => http.listen(0, "127.0.0.1", ready));

const ready = {
  host: "localhost",
  starttls: await listen({ hideSTARTTLS: false }),
  tls: await listen({ secure: true }),
  plain: await listen({ hideSTARTTLS: true, authOptional: true, disabledCommands: ["AUTH", "STARTTLS"] }),
  user: USER,
  password: PASSWORD,
  ca_file: certificate.caFile,
  control: `http://127.0.0.1:${http.address().port}`,
};
process.stdout.write(`${JSON.stringify(ready)}\n`);
