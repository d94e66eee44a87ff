// The issuers of tokens, in the process of the benchmark: they publish keys and are asked once.

import { once } from "node:events";
import type { JWK } from "jose";
import { createLogger } from "../../../shared/kernel/logger";
import { createIssuerServer } from "../../../shared/launch/demo-issuer/issuer-server";
import { KEY_FILES, readKeyFile } from "../../../shared/launch/key-files";
import { issuerNames } from "../../../shared/launch/keys";
import { mintToken } from "../../../shared/launch/token/mint-token";
import { findPersona } from "../../kit/personas";
import type { Region } from "../../../shared/region/region";
import { freePort } from "../../kit/free-ports";
import { BenchError } from "./benchmark";
import type { Stoppable } from "./parts";

/** Issuers that answer. */
export interface BenchIssuer extends Stoppable {
  readonly baseUrl: string;
  /** A token of a persona of the demo, for a working day. */
  tokenOf(persona: string): Promise<string>;
}

/** Starts the issuers of a region with the keys in this folder. */
export async function startBenchIssuer(region: Region, keysDirectory: string): Promise<BenchIssuer> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const keys = new Map(
    issuerNames(region).map((name) => [name, readKeyFile(keysDirectory, KEY_FILES.issuer(name)) as JWK]),
  );
  const log = createLogger("demo-issuer", "silent");
  // Nobody signs in here, so nobody is told of the end of a session.
  const { server, stop } = await createIssuerServer({
    region,
    baseUrl,
    keys,
    signOutUrl: `${baseUrl}/`,
    log,
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl,
    tokenOf: async (code) => {
      const persona = findPersona(code);
      if (!persona) throw new BenchError(`There is no persona ${code}.`);
      return mintToken({ persona, keysDirectory, issuerBaseUrl: baseUrl });
    },
    stop,
  };
}
