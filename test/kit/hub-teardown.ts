// Stops the hub of the end-to-end tests and removes its data.

import type { HubTeardown } from "./hub-setup";

export default async function stopTestHub(): Promise<void> {
  await (globalThis as HubTeardown).removeTestHub?.();
}
