// The demo issuers as HTTP: one OpenID provider per issuer of the region, each below its own path, with its sign-in pages.

import { createServer, type Server } from "node:http";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import helmet from "helmet";
import type { JWK } from "jose";
import type { Logger } from "../../kernel/logger";
import { personasOf } from "../../region/demo";
import { regionIssuers } from "../../region/issuers";
import type { Region } from "../../region/region";
import { STYLE_SOURCE } from "./html";
import { issuerPath } from "./issuer-settings";
import { loadLibrary } from "./load-library";
import { memoryStore } from "./memory-store";
import { errorPage } from "./pages";
import { createProvider } from "./provider";
import { signInForms } from "./sign-in-forms";
import { tellOfEndedSessions } from "./sign-out-everywhere";

/** What the server is made of. */
export interface IssuerServerOptions {
  readonly region: Region;
  /** Base of all issuers, as it stands in the tokens. */
  readonly baseUrl: string;
  /** Private keys per issuer. */
  readonly keys: ReadonlyMap<string, JWK>;
  /** Where the hub hears that a session has ended. */
  readonly signOutUrl: string;
  readonly log: Logger;
}

/** The demo issuers; they do not listen yet. */
export interface IssuerServer {
  readonly server: Server;
  /** Ends all connections and what still waits to be told; resolves when the server is closed. */
  readonly stop: () => Promise<void>;
}

/** Nothing but the pages' own style, forms to ourselves, and from there to the program that waits on this machine. */
const headers = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      // The library adds the hash of its own two lines where one page posts itself on.
      scriptSrc: ["'none'"],
      styleSrc: [STYLE_SOURCE],
      formAction: ["'self'", "http://127.0.0.1:*"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  // With "no-referrer" a browser would not say where a form comes from.
  referrerPolicy: { policy: "same-origin" },
  strictTransportSecurity: false,
  xFrameOptions: { action: "deny" },
});

/** What the providers say of themselves follows from the base, whatever the caller names as host. */
const namedByBase = (baseUrl: string): RequestHandler => {
  const { host, protocol } = new URL(baseUrl);
  return (request, _response, next) => {
    request.headers["x-forwarded-host"] = host;
    request.headers["x-forwarded-proto"] = protocol.slice(0, -1);
    delete request.headers["x-forwarded-for"];
    next();
  };
};

/**
 * Makes the demo issuers: `/issuers/<code>/.well-known/openid-configuration`, `/issuers/<code>/jwks.json` and all that
 * the first names; `GET /health` and `GET /ready`; anything else is 404. Throws when an issuer has no key.
 */
export async function createIssuerServer(options: IssuerServerOptions): Promise<IssuerServer> {
  const { region, baseUrl, keys, signOutUrl, log } = options;
  const library = await loadLibrary();
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.get(["/health", "/ready"], (_request, response) => {
    response.json({ status: "ok" });
  });
  app.use(headers, namedByBase(baseUrl));
  const stops: (() => void)[] = [];
  for (const { code: issuer } of regionIssuers(region)) {
    const key = keys.get(issuer);
    if (!key) throw new RangeError(`There is no key of the issuer ${issuer}.`);
    const organisation = region.organisations.find(({ code }) => code === issuer);
    const name = organisation?.name ?? issuer;
    const store = memoryStore();
    const personas = personasOf(region).filter((one) => one.organisation === issuer);
    const provider = createProvider(library, {
      issuer,
      personas,
      name,
      organisation: organisation?.code,
      baseUrl,
      key,
      signOutUrl,
      store,
    });
    provider.on("server_error", (_ctx, error) => log.error({ error, issuer }, "request failed"));
    stops.push(tellOfEndedSessions(provider, store, log));
    const forms = signInForms({ provider, issuer, personas, name, origin: new URL(baseUrl).origin, log });
    app.use(`${issuerPath(issuer)}/interaction`, notKept, forms);
    app.use(issuerPath(issuer), provider.callback());
  }
  app.use((_request, response) => {
    response.status(404).json({ error: "not found" });
  });
  app.use(failures(log));
  const server = createServer(app);
  return {
    server,
    stop: async () => {
      for (const stop of stops) stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

const notKept: RequestHandler = (_request, response, next) => {
  response.set("cache-control", "no-store");
  next();
};

/** A body that is no form is the caller's fault; anything else is ours. */
function failures(log: Logger): ErrorRequestHandler {
  return (error: { status?: number }, _request, response, next) => {
    const { status = 500 } = error;
    if (status >= 500) log.error({ error }, "request failed");
    if (response.headersSent) next(error);
    else response.status(status).send(errorPage(status < 500 ? "invalid_request" : "server_error"));
  };
}
