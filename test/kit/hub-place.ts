// Where the project lies, and where a hub of a test runs.

import { join } from "node:path";

export const PROJECT_ROOT = join(__dirname, "..", "..");

/** Where a hub runs; enough for another process to find it. */
export interface HubPlace {
  readonly port: number;
  readonly folder: string;
}
