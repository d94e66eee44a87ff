// An organisation as the tests of its source need it: how its demo is put in place, and how its source is opened, whatever
// its system is.

import path from "node:path";
import { startDemoSystem, type DemoSystem } from "../../../shared/demo-system/run-demo-system";
import { createLogger, type Logger } from "../../../shared/kernel/logger";
import { today } from "../../../shared/kernel/plain-date";
import type { DemoLayout } from "../../../shared/sources/demo-records";
import { checkDeclaredSource, openDeclaredSource } from "../../../shared/sources/open-source";
import type { OrganisationSource } from "../../../shared/sources/organisation-source";
import type { PersonIdentity } from "../../../shared/sources/person-index";
import type { PseudonymKey } from "../../../shared/sources/pseudonym";
import { seedDemo } from "../../../shared/sources/seed-demo";
import { createSqlSource } from "../../../shared/sources/sql/sql-source";
import type { SqlSystem } from "../../../shared/sources/sql/sql-system";
import { makeTestFolder } from "../../kit/test-folders";

/** Of a system that a test starts. */
const CLIENT = "test";
const SECRET = "secret of a test";

/** What a test wants of a source. */
export interface OpenOptions {
  readonly pseudonymKey: PseudonymKey;
  /** Called before each question to the system; sees which it is. */
  readonly onAsk?: (question: string) => void;
  readonly log?: Logger;
}

/** An organisation under test. */
export interface OrganisationUnderTest {
  /** Its code, which is also its folder below subgraphs/. */
  readonly organisation: string;
  /** Fills an empty database with the demo; returns everybody in it. */
  readonly seed: (databaseUrl: string) => Promise<readonly PersonIdentity[]>;
  /** Opens the source over that database; closing it also ends what was started for it. */
  readonly open: (databaseUrl: string, options: OpenOptions) => Promise<OrganisationSource>;
}

const seedOf = (organisation: string, layout: DemoLayout, identityQuery: string) => (databaseUrl: string) => {
  const directory = path.resolve("subgraphs", organisation, "demo");
  return seedDemo(databaseUrl, { directory, layout, identityQuery }, today());
};

/** One of which the subgraph reads the tables by queries of its own. */
export function queriedOrganisation(system: SqlSystem, layout: DemoLayout): OrganisationUnderTest {
  const { organisation, identityQuery } = system;
  return {
    organisation,
    seed: seedOf(organisation, layout, identityQuery),
    open: async (connectionString, { onAsk, ...options }) =>
      createSqlSource(system, { connectionString, ...options, ...(onAsk ? { onQuery: onAsk } : {}) }),
  };
}

/** One with a system of its own, which its mapping file says how to reach; the system is started for the test. */
export function declaredOrganisation(
  system: DemoSystem,
  layout: DemoLayout,
  identityQuery: string,
): OrganisationUnderTest {
  const { organisation } = system;
  return {
    organisation,
    seed: seedOf(organisation, layout, identityQuery),
    async open(databaseUrl, options) {
      const folder = makeTestFolder();
      const settings = {
        SYSTEM_HOST: "127.0.0.1",
        SYSTEM_PORT: 0,
        SYSTEM_DATABASE_URL: databaseUrl,
        SYSTEM_CLIENT: CLIENT,
        SYSTEM_SECRET: SECRET,
        SYSTEM_FOLDER: folder,
        NODE_ENV: "test" as const,
      };
      const { url, stop } = await startDemoSystem(system, settings, createLogger(organisation, "silent"));
      const mappingFile = path.resolve("subgraphs", organisation, "mapping", "mapping.yaml");
      const address = {
        databaseUrl,
        folder,
        url: checkDeclaredSource(mappingFile) === "soap" ? `${url}/soap` : url,
        client: { tokenUrl: `${url}/token`, id: CLIENT, secret: SECRET },
        user: { name: CLIENT, password: SECRET },
      };
      const source = await openDeclaredSource(mappingFile, { address, ...options });
      return {
        ...source,
        close: async () => {
          await source.close();
          await stop();
        },
      };
    },
  };
}
