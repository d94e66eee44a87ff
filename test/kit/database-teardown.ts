// Stops the PostgreSQL of a project of tests and removes its folder.

import type { DatabaseTeardown } from "./database-setup";

export default async function stopTestDatabase(): Promise<void> {
  await (globalThis as DatabaseTeardown).stopTestDatabase?.();
}
