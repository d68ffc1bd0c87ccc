// A file system of a few megabytes, which a test can fill up and empty again.

import assert from "node:assert/strict";
import { chmod, open, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { atEnd, within } from "./ending.js";
import { start } from "./process.js";

const NEEDED =
  "A test of a full disk needs a small file system of its own. It makes one in a mount namespace, by unshare and nsenter " +
  "(package util-linux): run it as root with CAP_SYS_ADMIN, or allow user namespaces " +
  "(sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces > 0).";

/**
 * Makes the folder `at` a file system of so many megabytes, for whoever is started by `inside`. Nobody else on the machine
 * sees it, and it goes with the test.
 */
export async function smallDisk(t, at, megabytes) {
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$1" && echo mounted && exec cat`;
  const holder = start("unshare", ["--map-root-user", "--mount", "sh", "-c", mount, "sh", at], { env: process.env });
  atEnd(t, () => {
    holder.closeInput();
    return within(10, "the small disk to go", holder.ended);
  });
  await holder.line(/^mounted$/, { seconds: 10 }).catch((problem) => assert.fail(`${NEEDED}\n${problem.message}`));
  return new SmallDisk(holder.pid, at);
}

class SmallDisk {
  #holder;
  #folder;

  constructor(holder, at) {
    this.#holder = holder;
    // Seen from outside of the namespace.
    this.#folder = `/proc/${holder}/root${at}`;
  }

  /** A program that runs another one where the disk is seen; it lies in `folder`. */
  async inside(program, folder) {
    const script = join(folder, "inside.sh");
    const enter = `nsenter --target ${this.#holder} --user --mount --preserve-credentials --wd="$PWD"`;
    await writeFile(script, `#!/bin/sh\nexec ${enter} -- '${program}' "$@"\n`);
    await chmod(script, 0o755);
    return script;
  }

  /** Takes up all space but so many bytes. */
  async fill({ but = 0 } = {}) {
    const file = await open(join(this.#folder, "filler"), "w");
    const { bsize, bavail } = await statfs(this.#folder);
    const piece = Buffer.alloc(1024 * 1024);
    try {
      for (let left = bavail * bsize - but; left > 0; left -= piece.length) {
        await file.write(piece, 0, Math.min(left, piece.length));
      }
      if (but === 0) await assert.rejects(file.write(piece, 0, bsize), { code: "ENOSPC" });
    } finally {
      await file.close();
    }
  }

  /** Gives the space back. */
  free() {
    return rm(join(this.#folder, "filler"));
  }
}
