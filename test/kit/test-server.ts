// Where the PostgreSQL of a test project runs; told by its set-up to the test files through the environment.

import { embeddedUrl } from "../../shared/launch/postgres/server";
import { ADMIN_ROLE } from "../../shared/launch/postgres/cluster";

const VARIABLE = "SCHAKEL_TEST_SERVER";

/** The migrated database that copies are made of; nobody may stay connected to it. */
export const TEMPLATE_DATABASE = "schakel_template";
/** The role that services work with. */
export const WORKING_ROLE = "schakel_app";

/** How to reach the server. */
export interface TestServer {
  readonly port: number;
  readonly adminPassword: string;
  readonly workingPassword: string;
}

/** Tells the test files of this run. */
export function announceServer(server: TestServer): void {
  process.env[VARIABLE] = JSON.stringify(server);
}

/** The server of this run; throws when the project has no database set-up. */
export function getServer(): TestServer {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("This test project starts no PostgreSQL; see database-setup.ts.");
  return JSON.parse(text) as TestServer;
}

/** Connection string of the superuser, who is also the owner of the tables. */
export const ownerUrl = ({ port, adminPassword }: TestServer, database: string): string =>
  embeddedUrl(port, ADMIN_ROLE, adminPassword, database);

/** Connection string of the working role. */
export const workingUrl = ({ port, workingPassword }: TestServer, database: string): string =>
  embeddedUrl(port, WORKING_ROLE, workingPassword, database);
