// Where the demo issuers stand: settings that the issuer process and the token command share.

import { z } from "zod";
import { ServiceEnvironment } from "../../kernel/service-settings";
import { reachableHost } from "../ports";

/** Ports of the hub are counted from the gateway's; this is the place of the demo issuers. */
const ISSUER_PORT_OFFSET = 9;

/** Environment of what issues demo tokens. */
export const IssuerEnvironment = ServiceEnvironment.extend({
  /** Base of the issuers as it stands in tokens; the gateway fetches keys below it. */
  SCHAKEL_ISSUER_URL: z.url({ protocol: /^https?$/, error: "an http or https URL" }).optional(),
});
export type IssuerEnvironment = z.infer<typeof IssuerEnvironment>;

/** The port that the demo issuers listen on. */
export const issuerPort = ({ SCHAKEL_PORT }: Pick<IssuerEnvironment, "SCHAKEL_PORT">): number =>
  SCHAKEL_PORT + ISSUER_PORT_OFFSET;

/** Base of the issuers: the setting, or the demo issuers of this hub. */
export const issuerBaseUrl = (
  settings: Pick<IssuerEnvironment, "SCHAKEL_PORT" | "SCHAKEL_HOST" | "SCHAKEL_ISSUER_URL">,
): string =>
  settings.SCHAKEL_ISSUER_URL ?? `http://${reachableHost(settings.SCHAKEL_HOST)}:${issuerPort(settings)}`;
