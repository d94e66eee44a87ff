// The demo issuers let in anybody who read the manual: they run for demonstrations, and never beside a real issuer.

import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";
import { hasOwnIssuers } from "../../region/issuers";
import { issuerPort, type IssuerEnvironment } from "./issuer-settings";

/** Of this machine on every machine, whether an interface has it or not (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
const LOOPBACK = /^(127\.|::1$)/;

/** Every reason for which the demo issuers may not run with these settings; none when they may. */
export async function reasonsNotToRun(settings: IssuerEnvironment): Promise<string[]> {
  const { NODE_ENV, SCHAKEL_ISSUERS_FILE, SCHAKEL_ISSUER_URL, SCHAKEL_REGION } = settings;
  const reasons: string[] = [];
  if (NODE_ENV === "production") {
    reasons.push("NODE_ENV: the demo issuers let in anybody and never run in production");
  }
  if (SCHAKEL_ISSUERS_FILE) {
    reasons.push(
      "SCHAKEL_ISSUERS_FILE: names the organisations' own issuers; the demo issuers do not run beside them",
    );
  }
  if (hasOwnIssuers(SCHAKEL_REGION)) {
    reasons.push(
      "SCHAKEL_REGION: its file names the organisations' own issuers; the demo issuers do not run beside them",
    );
  }
  if (
    SCHAKEL_ISSUER_URL !== undefined &&
    !(await leadsHere(new URL(SCHAKEL_ISSUER_URL), issuerPort(settings)))
  ) {
    reasons.push(
      "SCHAKEL_ISSUER_URL: leads to issuers elsewhere; the demo issuers only stand at a port of their own machine",
    );
  }
  return reasons;
}

/** Does this address lead to our own port of this machine? A name that is not known leads elsewhere. */
async function leadsHere(url: URL, port: number): Promise<boolean> {
  if (url.protocol !== "http:" || Number(url.port || "80") !== port || url.pathname !== "/") return false;
  const own = new Set(
    Object.values(networkInterfaces())
      .flat()
      .map((one) => one?.address),
  );
  try {
    const found = await lookup(url.hostname.replace(/^\[(.*)\]$/, "$1"), { all: true });
    return found.length > 0 && found.every(({ address }) => own.has(address) || LOOPBACK.test(address));
  } catch {
    return false;
  }
}
