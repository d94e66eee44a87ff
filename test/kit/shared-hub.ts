// The hub that the end-to-end tests share.

import type { HubPlace } from "./hub";

/** Where the shared hub runs; throws outside the end-to-end project. */
export function sharedHub(): HubPlace {
  const place = process.env["SCHAKEL_TEST_HUB"];
  if (!place) throw new Error("There is no shared hub; run this test in the e2e project.");
  return JSON.parse(place) as HubPlace;
}
