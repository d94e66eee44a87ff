// The demo issuers in the process of a test, with a hub that hears who signs out, and a visitor who walks their pages.

import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, jwtVerify, type JWK, type JWTPayload } from "jose";
import { Agent, setGlobalDispatcher } from "undici";
import { createLogger } from "../../shared/kernel/logger";
import { createIssuerServer } from "../../shared/launch/demo-issuer/issuer-server";
import { issuerUrl } from "../../shared/launch/demo-issuer/issuer-settings";
import { KEY_FILES, readKeyFile } from "../../shared/launch/key-files";
import { ensureIssuerKeys, issuerNames } from "../../shared/launch/keys";
import { CookieJar } from "../../shared/launch/sign-in/cookie-jar";
import { loadRegion } from "../../shared/region/region";
import { freePort } from "./free-ports";

/** What stands in for the hub's POST /sign-out. */
export interface HearingHub {
  /** The logout tokens that it was told, as they came. */
  readonly heard: string[];
  /** Answers of the next requests, before it says 200 again. */
  readonly answers: number[];
}

/** Demo issuers that listen. */
export interface DemoIssuers {
  readonly baseUrl: string;
  readonly keysDirectory: string;
  readonly hub: HearingHub;
  /** The claims of a token that verifies against the published keys of an issuer. */
  verified(issuer: string, token: string, audience?: string): Promise<JWTPayload>;
  stop(): Promise<void>;
}

/** Starts them on a free port, with keys of their own. */
export async function startDemoIssuers(): Promise<DemoIssuers> {
  // In a realm of Jest the library does not find what Node's own fetch uses, and warns; it is given one.
  setGlobalDispatcher(new Agent());
  const region = loadRegion("utrecht");
  const keysDirectory = mkdtempSync(join(tmpdir(), "schakel-issuer-"));
  await ensureIssuerKeys(keysDirectory, region);
  const hub: HearingHub = { heard: [], answers: [] };
  const hearing = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      hub.heard.push(new URLSearchParams(body).get("logout_token") ?? "");
      response.writeHead(hub.answers.shift() ?? 200).end();
    });
  }).listen(0, "127.0.0.1");
  await once(hearing, "listening");
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const issuers = await createIssuerServer({
    region,
    baseUrl,
    keys: new Map(
      issuerNames(region).map((name) => [name, readKeyFile(keysDirectory, KEY_FILES.issuer(name)) as JWK]),
    ),
    signOutUrl: `http://127.0.0.1:${(hearing.address() as AddressInfo).port}/sign-out`,
    log: createLogger("demo-issuer", "silent"),
  });
  issuers.server.listen(port, "127.0.0.1");
  await once(issuers.server, "listening");
  return {
    baseUrl,
    keysDirectory,
    hub,
    verified: async (issuer, token, audience = "schakel") => {
      const url = issuerUrl(baseUrl, issuer);
      const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(`${url}/jwks.json`)), {
        issuer: url,
        audience,
        algorithms: ["ES256"],
      });
      return payload;
    },
    stop: async () => {
      await issuers.stop();
      hearing.closeAllConnections();
      hearing.close();
      await once(hearing, "close");
      rmSync(keysDirectory, { recursive: true, force: true });
    },
  };
}

/** A page that a visitor came to. */
export interface Visited {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where a form of the page posts to; undefined when it has none. */
  readonly action: URL | undefined;
}

/** Goes from page to page as a browser does, with its cookies; stops at a page, or where the walk leaves the issuers. */
export class Visitor {
  readonly #jar = new CookieJar();

  async get(url: URL | string): Promise<Visited> {
    return this.#follow(new URL(url));
  }

  async post(
    url: URL | string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Visited> {
    const target = new URL(url);
    return this.#follow(target, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { origin: target.origin, ...headers },
    });
  }

  async #follow(
    url: URL,
    {
      headers = {},
      ...init
    }: Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Visited> {
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { accept: "text/html", cookie: this.#jar.headerFor(url), ...headers },
    });
    this.#jar.keep(response);
    const text = await response.text();
    const location = response.headers.get("location");
    const target = location === null ? undefined : new URL(location, url);
    if (target?.origin === url.origin) return this.#follow(target);
    const [, action] = /<form[^>]* method="post" action="([^"]+)"/.exec(text) ?? [];
    return {
      url: target ?? url,
      status: response.status,
      headers: response.headers,
      text,
      action: action === undefined ? undefined : new URL(action, url),
    };
  }
}
