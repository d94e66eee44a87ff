// An authority that makes certificates for tests: nobody vouches for it, and production refuses it.

import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { TEST_AUTHORITY } from "../../../shared/mutual-tls/tls-files";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** A certificate made now is valid for a clock that is a little behind. */
const EARLIER_MS = 5 * 60 * 1_000;
/** Bytes of a serial number; the first is below 0x80, for it is a positive number. */
const SERIAL_BYTES = 16;

const SERVER = [x509.ExtendedKeyUsage.serverAuth];
const CLIENT = [x509.ExtendedKeyUsage.clientAuth];

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is for. */
export interface CertificateRequest {
  /** The name in it (subjectAltName, DNS). */
  readonly name: string;
  readonly use: "server" | "client";
  /** Of a server: the name alone, and not this machine, whatever that is called. */
  readonly isElsewhere?: boolean;
  readonly notBefore?: Date;
  readonly notAfter: Date;
}

/** Makes certificates. */
export interface Authority extends Certificate {
  issue(request: CertificateRequest): Promise<Certificate>;
}

const serial = (): string => {
  const bytes = randomBytes(SERIAL_BYTES);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString("hex");
};

const makeKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}

const soon = (): Date => new Date(Date.now() - EARLIER_MS);

/** The day after so many days. */
export const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

/** Makes an authority that is valid for ten years. */
export async function makeAuthority(): Promise<Authority> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    // Each of its own name: of two that follow each other, who verifies has to know which one signed.
    name: `CN=${TEST_AUTHORITY}, OU=${serial()}`,
    notBefore: soon(),
    notAfter: inDays(3_650),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return authorityOf(certificate, keys.privateKey, await toPem(keys.privateKey));
}

/** The authority that was made before. Rejects when it is no certificate with its key. */
export async function readAuthority({ cert, key }: Certificate): Promise<Authority> {
  const der = x509.PemConverter.decodeFirst(key);
  const signingKey = await webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, true, ["sign"]);
  return authorityOf(new x509.X509Certificate(cert), signingKey, key);
}

function authorityOf(
  certificate: x509.X509Certificate,
  signingKey: webcrypto.CryptoKey,
  key: string,
): Authority {
  return {
    cert: `${certificate.toString("pem")}\n`,
    key,
    issue: async ({ name, use, isElsewhere = false, notBefore = soon(), notAfter }) => {
      const keys = await makeKeys();
      const thisMachine = [
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
      ] as const;
      const issued = await x509.X509CertificateGenerator.create({
        serialNumber: serial(),
        subject: `CN=${name}`,
        issuer: certificate.subject,
        notBefore,
        notAfter,
        signingAlgorithm: ALGORITHM,
        publicKey: keys.publicKey,
        signingKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension(use === "server" ? SERVER : CLIENT),
          new x509.SubjectAlternativeNameExtension([
            { type: "dns", value: name },
            ...(use === "server" && !isElsewhere ? thisMachine : []),
          ]),
          await x509.AuthorityKeyIdentifierExtension.create(certificate),
        ],
      });
      return { cert: `${issued.toString("pem")}\n`, key: await toPem(keys.privateKey) };
    },
  };
}
