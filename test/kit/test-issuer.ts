// An issuer of a test's own: it describes itself, publishes keys, signs tokens with any of them, rotates them, and can be
// slow, broken or away.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";

/** A pair of keys of the issuer. */
export interface IssuerKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** What of a token is to be other than usual; undefined leaves a claim out. */
export interface TokenChange {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: IssuerKey;
}

/** How the issuer answers who asks for its keys. */
export type IssuerMood = "WELL" | "AWAY" | "SLOW" | "NONSENSE" | "OF_ANOTHER";

/** Longer than anybody waits for keys. */
const SLOW_MS = 6_000;
const HOUR_S = 3_600;

/** Makes a pair of keys. */
export async function makeKey(kid: string, alg = "ES256"): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

/** Seconds since 1970. */
export const nowS = (): number => Math.floor(Date.now() / 1000);

const withoutUndefined = (object: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** An issuer that listens on this machine. */
export class TestIssuer {
  readonly url: string;
  mood: IssuerMood = "WELL";
  /** The keys that it publishes. */
  published: readonly JWK[];
  /** The key that it signs with. */
  key: IssuerKey;
  /** How often its keys were asked. */
  asked = 0;
  readonly #stop: () => Promise<void>;

  private constructor(url: string, key: IssuerKey, stop: () => Promise<void>) {
    this.url = url;
    this.key = key;
    this.published = [key.publicJwk];
    this.#stop = stop;
  }

  /** Starts one on a free port. */
  static async start(alg = "ES256"): Promise<TestIssuer> {
    const key = await makeKey("first", alg);
    let issuer: TestIssuer | undefined;
    const server = createServer((request, response) => {
      const answered = issuer?.answer(request.url ?? "");
      void answered?.then(({ status, text }) =>
        response.writeHead(status, { "content-type": "application/json" }).end(text),
      );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    issuer = new TestIssuer(url, key, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return issuer;
  }

  /** What it says at a path. */
  async answer(path: string): Promise<{ status: number; text: string }> {
    if (path.includes("jwks")) this.asked += 1;
    switch (this.mood) {
      case "AWAY":
        return { status: 503, text: "{}" };
      case "NONSENSE":
        return { status: 200, text: "<html>" };
      case "SLOW":
        await sleep(SLOW_MS, undefined, { ref: false });
        break;
      case "OF_ANOTHER":
      case "WELL":
        break;
    }
    if (path === "/.well-known/openid-configuration") {
      const issuer = this.mood === "OF_ANOTHER" ? `${this.url}/other` : this.url;
      return { status: 200, text: JSON.stringify({ issuer, jwks_uri: `${this.url}/jwks.json` }) };
    }
    if (path === "/jwks.json") return { status: 200, text: JSON.stringify({ keys: this.published }) };
    return { status: 404, text: "{}" };
  }

  /** Signs with a new key from now on; the old one stays published unless it is said to go. */
  async rotate(kid: string, { keepOld = true } = {}): Promise<IssuerKey> {
    const old = this.key;
    this.key = await makeKey(kid, old.alg);
    this.published = keepOld ? [...this.published, this.key.publicJwk] : [this.key.publicJwk];
    return old;
  }

  /** A token of its own; of a worker of the neighbourhood team unless the claims say otherwise. */
  async token({ claims = {}, header = {}, key = this.key }: TokenChange = {}): Promise<string> {
    const payload = withoutUndefined({
      iss: this.url,
      aud: "schakel",
      sub: "lokalis.worker",
      function: "WORKER",
      iat: nowS(),
      exp: nowS() + HOUR_S,
      ...claims,
    });
    return new SignJWT(payload)
      .setProtectedHeader({
        ...withoutUndefined({ typ: "at+jwt", kid: key.kid, ...header }),
        alg: key.alg,
      })
      .sign(key.privateKey);
  }

  /** A logout token of its own (OpenID Connect Back-Channel Logout 1.0). */
  async logoutToken({ claims = {}, header = {}, ...rest }: TokenChange = {}): Promise<string> {
    return this.token({
      ...rest,
      header: { typ: "logout+jwt", ...header },
      claims: {
        sub: undefined,
        function: undefined,
        exp: nowS() + 120,
        jti: crypto.randomUUID(),
        events: { "http://schemas.openid.net/event/backchannel-logout": {} },
        ...claims,
      },
    });
  }

  async stop(): Promise<void> {
    await this.#stop();
  }
}
