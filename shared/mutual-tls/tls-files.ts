// The files of mutual TLS: in one folder, `ca.crt` and for each process `<name>.crt` and `<name>.key` (PEM). A process needs
// its own two and `ca.crt`, and no others.

import { createPrivateKey, createHash, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** Stands in the subject of an authority that is for tests only; see test/kit/test-ca. */
export const TEST_AUTHORITY = "Schakel test CA - not for production";

/** Which files, and what is accepted of them. */
export interface TlsFiles {
  readonly directory: string;
  /** Of the process: the subgraph, `gateway` or `log-keeper`. */
  readonly name: string;
  /** In production an authority for tests is refused. */
  readonly isProduction: boolean;
}

/** What was in the files, found to fit together. */
export interface TlsMaterial {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** Of the own certificate, as the claim `cnf` of a grant has it (x5t#S256: RFC 8705, 3.1). */
  readonly thumbprint: string;
}

/** Files of TLS that cannot be used; the text says which and why, never what is in them. */
export class TlsFilesError extends Error {
  override name = "TlsFilesError";
}

/** The thumbprint (x5t#S256) of a certificate. */
export const thumbprintOf = (certificate: X509Certificate): string =>
  createHash("sha256").update(certificate.raw).digest("base64url");

/** Reads the files. Rejects with a TlsFilesError when one is missing, is no PEM, or does not fit to the others. */
export async function readTlsFiles({ directory, name, isProduction }: TlsFiles): Promise<TlsMaterial> {
  // One after the other, so that the fault that is told is always the first.
  const ca = await readPem(directory, "ca.crt");
  const cert = await readPem(directory, `${name}.crt`);
  const key = await readPem(directory, `${name}.key`);
  const authorities = parse("ca.crt", () => certificatesIn(ca));
  const own = parse(`${name}.crt`, () => new X509Certificate(cert));
  const privateKey = parse(`${name}.key`, () => createPrivateKey(key));
  if (!own.checkPrivateKey(privateKey)) throw new TlsFilesError(`${name}.key is not the key of ${name}.crt`);
  if (isProduction && authorities.some(({ subject }) => subject.includes(TEST_AUTHORITY))) {
    throw new TlsFilesError("ca.crt is an authority for tests, which is refused in production");
  }
  return { ca, cert, key, thumbprint: thumbprintOf(own) };
}

/** The certificates of a file, which may be several while one authority follows another. Throws when there is none. */
function certificatesIn(pem: string): X509Certificate[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (!found) throw new Error("There is no certificate.");
  return found.map((one) => new X509Certificate(one));
}

async function readPem(directory: string, file: string): Promise<string> {
  try {
    return await readFile(path.join(directory, file), "utf8");
  } catch (error) {
    throw new TlsFilesError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function parse<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new TlsFilesError(`${file} cannot be used: it is no PEM of what it should hold`);
  }
}
