// The source of an organisation that knows whom a test says, by citizens' numbers and under the hub's real keys, through the
// real subgraph kit. Whatever was asked of it is kept.

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SchakelError } from "../../shared/kernel/errors";
import { createLogger } from "../../shared/kernel/logger";
import type { Grant } from "../../shared/kernel/requester";
import type { PersonDossierData } from "../../shared/contract/dossiers/person-dossier";
import { keysInFile } from "../../shared/sources/pseudonym-keys";
import { createRecordSource } from "../../shared/sources/record-source";
import { buildSubgraphSchema } from "../../shared/subgraph-kit/build-subgraph-schema";
import type { OrganisationDefinition } from "../../shared/subgraph-kit/definition";
import { createGrantVerifier } from "../../shared/subgraph-kit/grant";
import { serveSubgraph } from "../../shared/subgraph-kit/serve";
import type { HubPlace } from "./hub-place";

/** Somebody whom the organisation knows. */
export interface KnownPerson {
  readonly bsn: string;
  readonly caseReference: string;
  /** Not known, when left out. */
  readonly birthDate?: string;
  /** A role of the chain messages. */
  readonly roleCode?: string;
  /** The organisation's own rule refuses to say so. */
  readonly shielded?: boolean;
}

/** In ms: how much longer the source is busy with somebody whom it may not tell about than with who is not there. */
const SHIELDED_TAKES_MS = 15;

/** A running source. */
export interface KnowingSource {
  readonly url: string;
  /** Grants of what was asked since it was cleared. */
  readonly asked: Grant[];
  /** Its system answers no question any more, or again. */
  isDown: boolean;
  stop(): Promise<void>;
}

const SHIELDED = "SHIELDED";

/** Starts the source of the organisation of `definition`, for the gateways of a hub. */
export async function startKnowingSource(
  { folder }: HubPlace,
  definition: OrganisationDefinition,
  people: readonly KnownPerson[],
): Promise<KnowingSource> {
  const keys = join(folder, "data", "keys");
  const verifyGrant = await createGrantVerifier(join(keys, "grant-public.jwks.json"), definition.name);
  const running = { url: "", asked: [] as Grant[], isDown: false, stop: async () => undefined as void };
  const identities = people.map(({ bsn, caseReference }) => ({
    person_number: `${caseReference}/1`,
    bsn,
    case_reference: caseReference,
    number: 1,
  }));
  const whenUp = async <T>(answer: T): Promise<T> => {
    if (running.isDown) throw new SchakelError("SOURCE_UNAVAILABLE");
    return answer;
  };
  const source = createRecordSource({
    reader: {
      identities: () => whenUp(identities),
      families: () => whenUp(new Map()),
      persons: (numbers) =>
        whenUp(
          identities
            .filter((one) => numbers.includes(one.person_number))
            .map((identity) => ({ identity, record: identity.bsn })),
        ),
      ready: () => whenUp(undefined),
      close: async () => undefined,
    },
    mapping: {
      toFamily: () => {
        throw new Error("Nobody asks about a household.");
      },
      toPerson: async (bsn) => {
        const {
          shielded: isShielded = false,
          birthDate,
          roleCode,
        } = people.find((one) => one.bsn === bsn) ?? {};
        if (isShielded) await sleep(SHIELDED_TAKES_MS);
        return {
          marks: isShielded ? [SHIELDED] : [],
          identity: birthDate === undefined ? null : { birthDate },
          householdRole: roleCode === undefined ? null : { roleCode },
        } as unknown as PersonDossierData;
      },
    },
    // Asks its system each time about who is unknown, and so notices at once that it is down.
    indexRefreshMs: 0,
    pseudonymKey: keysInFile(join(keys, `pseudonym-${definition.name}.json`)),
  });
  const server = await serveSubgraph({
    schema: await buildSubgraphSchema(definition),
    backing: { kind: "organisation", source },
    verifyGrant: async (token, bearer) => {
      const grant = await verifyGrant(token, bearer);
      running.asked.push(grant);
      return grant;
    },
    localRules: [
      {
        name: "shielded",
        looksAt: "RECORD",
        refuses: (_question, marks) => (marks.has(SHIELDED) ? "SHIELDED_RECORD" : undefined),
      },
    ],
    log: createLogger(definition.name, "silent"),
    host: "127.0.0.1",
    port: 0,
  });
  running.url = server.url;
  running.stop = server.stop;
  return running;
}
