// A way to PostgreSQL that can be cut and mended: what a server sees when its database goes away and comes back.

import { connect, createServer } from "node:net";
import { atEnd } from "./ending.js";

/** Answers `{ url, cut, mend }`: `url` leads to the same database as `to`, while it is not cut. */
export async function relay(t, to) {
  const there = address(to);
  const open = new Set();
  let cut = false;
  const server = createServer((from) => {
    if (cut) return from.destroy();
    const on = connect(there);
    for (const [one, other] of [[from, on], [on, from]]) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hangUp = () => open.forEach((socket) => socket.destroy());
  atEnd(t, () => {
    hangUp();
    server.close();
  });
  return {
    url: to.replace(/@[^/]*\//, `@127.0.0.1:${server.address().port}/`),
    cut() {
      cut = true;
      hangUp();
    },
    mend() {
      cut = false;
    },
  };
}

/** A host with a port, or a folder with a socket in it. */
function address(url) {
  const [, host] = /@([^/]*)\//.exec(url);
  const [name, port = "5432"] = decodeURIComponent(host).split(":");
  return name.startsWith("/") ? { path: `${name}/.s.PGSQL.${port}` } : { host: name, port: Number(port) };
}
