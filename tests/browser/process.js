// A child process whose output is kept, and whose lines can be waited for.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { within } from "./ending.js";

/** Starts a program with exactly this environment. Its stdin stays open as long as this process lives. */
export function start(program, args, { env, cwd }) {
  const child = spawn(program, args, { env, cwd, stdio: ["pipe", "pipe", "pipe"] });
  const output = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => output.push(line));
  createInterface({ input: child.stderr }).on("line", (line) => output.push(line));

  const ended = new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, error: error.message }));
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  const told = () => output.join("\n");

  return {
    output: told,
    ended,

    /** The next line on stdout that `matches` (a regular expression), as its match. */
    async line(matches, { seconds = 30 } = {}) {
      const seen = new Promise((resolve, reject) => {
        lines.on("line", (line) => {
          const match = matches.exec(line);
          if (match) resolve(match);
        });
        ended.then((end) => reject(new Error(`${program} ended (${JSON.stringify(end)}) without ${matches}:\n${told()}`)));
      });
      return within(seconds, `${matches} from ${program}`, seen);
    },

    closeInput: () => child.stdin.end(),
    pid: child.pid,
    kill: (signal) => child.kill(signal),
  };
}
