// The real `vestibule` binary, with a database of its own, for one test.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { atEnd, within } from "./ending.js";
import { start } from "./process.js";

const run = promisify(execFile);
const postgres = process.env.VESTIBULE_TEST_POSTGRES;
const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../target", import.meta.url));
const built = process.env.VESTIBULE_BIN ?? join(target, "debug/vestibule");

/** The engines a test can run on here; PostgreSQL only when a cluster is there (see tests/postgres.sh). */
export const databases = postgres ? ["sqlite", "postgres"] : ["sqlite"];

/**
 * Prepares one installation: a folder, an empty database and a configuration file. Nothing runs yet.
 * `mail` is a `[mail]` section, for example `smtp.settings()`; `settings` adds to any section, or
 * changes what is in it: `{ session: { idle_minutes: 1 } }`.
 */
export async function install(t, { database = "sqlite", mail = { transport: "capture" }, settings = {}, binary = built } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "vestibule-test-"));
  atEnd(t, () => rm(folder, { recursive: true, force: true }));
  const url = database === "postgres" ? await emptyPostgres(t) : `sqlite:${join(folder, "vestibule.db")}`;
  const listen = `127.0.0.1:${await freePort()}`;
  const address = `http://${listen}`;
  const sections = {
    server: { listen, address },
    database: { url },
    mail: { from: "portal@vestibule.test", ...mail },
  };
  return new Installation(t, { binary, folder, address, sections: merged(sections, settings) });
}

class Installation {
  constructor(t, { binary, folder, address, sections }) {
    Object.assign(this, { t, binary, folder, address, sections });
  }

  /** Runs one command to its end, for example `run("init", "--help")`, and answers what it printed on stdout. */
  async run(...args) {
    const options = { cwd: this.folder, env: environment(), timeout: 60_000 };
    const { stdout } = await run(this.binary, ["--config", await this.#configure(), ...args], options);
    return stdout;
  }

  /**
   * Starts the server and waits until it listens. When the test ends, SIGTERM must end it cleanly.
   * `settings` adds to the sections for this server only.
   */
  async serve({ settings = {} } = {}) {
    const config = await this.#configure(settings);
    const child = start(this.binary, ["--config", config, "serve"], { cwd: this.folder, env: environment() });
    let stopping;
    const stop = () => (stopping ??= stopCleanly(child));
    atEnd(this.t, stop);
    const [, address] = await child.line(/^listening on (http:\/\/\S+)$/);
    const kill = () => {
      stopping = child.ended; // Meant by the test, so no clean end is expected.
      child.kill("SIGKILL");
      return child.ended;
    };
    return { address, output: child.output, pid: child.pid, stop, kill };
  }

  /** A second node on the same database: another port, the same public address. */
  async serveAnother() {
    return this.serve({ settings: { server: { listen: `127.0.0.1:${await freePort()}` } } });
  }

  async #configure(settings = {}) {
    const file = join(this.folder, `vestibule-${randomBytes(4).toString("hex")}.toml`);
    await writeFile(file, toToml(merged(this.sections, settings)));
    return file;
  }
}

/** Nothing of the developer's own settings reaches the program. */
function environment() {
  const { PATH, HOME, TMPDIR = tmpdir() } = process.env;
  return { PATH, HOME, TMPDIR };
}

async function stopCleanly(child) {
  child.kill("SIGTERM");
  try {
    const { code, signal } = await within(20, "vestibule to stop after SIGTERM", child.ended);
    assert.equal(code, 0, `vestibule ended with ${signal ?? code}:\n${child.output()}`);
  } finally {
    child.kill("SIGKILL");
  }
  assert.doesNotMatch(child.output(), /panicked at/);
}

async function emptyPostgres(t) {
  assert.ok(postgres, "PostgreSQL tests need VESTIBULE_TEST_POSTGRES: run them by tests/postgres.sh COMMAND");
  const name = `browser_${randomBytes(8).toString("hex")}`;
  const sql = (text) => run("psql", ["--no-psqlrc", "--quiet", "--command", text, postgres]);
  await sql(`CREATE DATABASE ${name}`);
  atEnd(t, () => sql(`DROP DATABASE ${name} WITH (FORCE)`));
  return postgres.replace(/\/[^/?]*(\?.*)?$/, `/${name}$1`);
}

/** A port outside the range that the system hands out to outgoing connections. */
async function freePort() {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const free = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
  return free ? port : freePort();
}

/** The sections with some of their settings added or changed. */
function merged(sections, changes) {
  const all = { ...sections };
  for (const [name, section] of Object.entries(changes)) all[name] = { ...all[name], ...section };
  return all;
}

/** Sections of strings, numbers, booleans and lists; JSON's notation of those is TOML's too. */
function toToml(sections, path = []) {
  const isSection = ([, value]) => typeof value === "object" && !Array.isArray(value);
  const entries = Object.entries(sections);
  const own = entries.filter((entry) => !isSection(entry)).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  if (own.length > 0) own.unshift(`[${path.join(".")}]\n`);
  const nested = entries.filter(isSection).map(([key, value]) => toToml(value, [...path, key]));
  return [own.join(""), ...nested].filter(Boolean).join("\n");
}
