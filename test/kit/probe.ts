// The directory for tests that do not look into how services are.

import type { OrganisationProbe } from "../../subgraphs/families/source/directory/probe-organisations";

/** Asks nobody. */
export const NOT_PROBED: OrganisationProbe = async () => ({ health: "UNKNOWN", version: null });
