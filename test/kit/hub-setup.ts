// Starts one hub for all end-to-end tests; what may break a hub has one of its own (test/fault).

import { TestHub } from "./hub";

/** What the tear-down calls. */
export interface HubTeardown {
  removeTestHub?: () => Promise<void>;
}

export default async function startTestHub(): Promise<void> {
  const hub = await TestHub.start();
  process.env["SCHAKEL_TEST_HUB"] = JSON.stringify(hub.place);
  (globalThis as HubTeardown).removeTestHub = async () => hub.remove();
}
