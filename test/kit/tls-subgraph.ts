// A subgraph of an organisation over mutual TLS, with one household, and clients with a certificate of any kind.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import type { FamilyDossierData } from "../../shared/contract/dossiers/family-dossier";
import { createLogger } from "../../shared/kernel/logger";
import type { TlsFiles } from "../../shared/mutual-tls/tls-files";
import { buildSubgraphSchema } from "../../shared/subgraph-kit/build-subgraph-schema";
import { openCheckpointCopies } from "../../shared/subgraph-kit/checkpoint-copies";
import { openSourceDeliveries } from "../../shared/subgraph-kit/deliveries/source-deliveries";
import { createGrantVerifier } from "../../shared/subgraph-kit/grant";
import { serveSubgraph } from "../../shared/subgraph-kit/serve";
import { definition } from "../../subgraphs/lokalis/schema";
import { aKeyPair } from "./log-keys";
import type { Certificate } from "./test-ca/authority";

/** The files of a process in a folder of certificates. */
export const tlsFiles = (directory: string, name: string): TlsFiles => ({
  directory,
  name,
  isProduction: false,
});

/** A subgraph that runs. */
export interface TlsSubgraph {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const log = createLogger("lokalis", "silent");

/** Serves lokalis with the certificate of that name in `folder`, to the gateway that signs with the keys in `grantKeys`. */
export async function serveLokalisOverTls(folder: string, grantKeys: string): Promise<TlsSubgraph> {
  const directory = mkdtempSync(join(tmpdir(), "schakel-tls-"));
  const hub = aKeyPair("hub-1").keys;
  const options = { directory, organisation: "lokalis", hub };
  const checkpoints = await openCheckpointCopies({ ...options, signer: aKeyPair("lokalis-1").signer });
  const deliveries = await openSourceDeliveries({ ...options, log });
  const household = { carePlan: { summary: "Samen." } } as unknown as FamilyDossierData;
  const server = await serveSubgraph({
    schema: await buildSubgraphSchema(definition),
    backing: {
      kind: "organisation",
      source: {
        findFamilies: async (keys) => new Map(keys.map((key) => [key, household])),
        findPersons: async () => new Map(),
        ready: async () => undefined,
        close: async () => undefined,
      },
    },
    verifyGrant: await createGrantVerifier(grantKeys, "lokalis"),
    checkpoints,
    deliveries,
    tls: { files: tlsFiles(folder, "lokalis"), gatewayName: "gateway", keeperName: "log-keeper" },
    log,
    host: "127.0.0.1",
    port: 0,
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await checkpoints.close();
      await deliveries.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** Posts to an address with a certificate, or with none; gives the status and the answer, or the code of the failure. */
export async function postWith(
  url: URL | string,
  body: unknown,
  tls: { readonly ca: string; readonly own?: Certificate },
): Promise<{ readonly status: number; readonly text: string } | { readonly failure: string }> {
  const agent = new Agent({ connect: { ca: tls.ca, ...tls.own, maxCachedSessions: 0 } });
  try {
    const response = await request(url, {
      dispatcher: agent,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.statusCode, text: await response.body.text() };
  } catch (error) {
    return { failure: (error as { code?: string }).code ?? "unknown" };
  } finally {
    await agent.destroy();
  }
}
