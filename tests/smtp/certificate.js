// A certificate authority of one run, and a certificate for `localhost` and 127.0.0.1 signed by it.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CONFIG = `
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;

/** Makes both in `folder`; answers the server's key and certificate and where the authority's file lies. */
export function makeCertificate(folder) {
  const file = (name) => join(folder, name);
  const openssl = (...args) => {
    const common = ["req", "-x509", "-new", "-nodes", "-days", "2", "-config", file("openssl.cnf")];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
    execFileSync("openssl", [...common, ...key, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  };
  writeFileSync(file("openssl.cnf"), CONFIG);
  const authority = ["-keyout", file("ca.key"), "-out", file("ca.pem")];
  openssl("-subj", "/CN=Vestibule test authority", "-extensions", "authority", ...authority);
  const signedBy = ["-CA", file("ca.pem"), "-CAkey", file("ca.key")];
  const server = ["-keyout", file("server.key"), "-out", file("server.pem")];
  openssl("-subj", "/CN=localhost", "-extensions", "server", ...signedBy, ...server);
  return { key: readFileSync(file("server.key")), cert: readFileSync(file("server.pem")), caFile: file("ca.pem") };
}
