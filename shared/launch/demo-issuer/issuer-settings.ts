// Where the demo issuers stand: settings that the issuer process, the token command and signing in share.

import { z } from "zod";
import { ServiceEnvironment } from "../../kernel/service-settings";
import { port } from "../../kernel/settings";
import { portOffsets } from "../../region/ports";
import { loadRegion } from "../../region/region";
import { reachableHost } from "../ports";

/** Environment of what issues demo tokens. */
export const IssuerEnvironment = ServiceEnvironment.extend({
  /** Of the issuer process alone; counted from SCHAKEL_PORT, after the subgraphs of the region, when left out. */
  SCHAKEL_ISSUER_PORT: port().optional(),
  /** Base of the issuers as it stands in tokens; the gateway fetches keys below it. */
  SCHAKEL_ISSUER_URL: z.url({ protocol: /^https?$/, error: "an http or https URL" }).optional(),
  /** Where the gateway hears that a session has ended (OpenID Connect Back-Channel Logout 1.0). */
  SCHAKEL_SIGN_OUT_URL: z.url({ protocol: /^https?$/, error: "an http or https URL" }).optional(),
  /** The organisations' own issuers; where they are, the demo issuers are not. */
  SCHAKEL_ISSUERS_FILE: z.string().optional(),
});
export type IssuerEnvironment = z.infer<typeof IssuerEnvironment>;

/** The settings from which the demo issuers' port follows. */
type Port = Pick<IssuerEnvironment, "SCHAKEL_PORT" | "SCHAKEL_REGION"> &
  Partial<Pick<IssuerEnvironment, "SCHAKEL_ISSUER_PORT">>;

/** The settings from which the demo issuers' address follows. */
type Place = Port & Pick<IssuerEnvironment, "SCHAKEL_HOST" | "SCHAKEL_ISSUER_URL">;

/** The port that the demo issuers of the region listen on. */
export const issuerPort = ({ SCHAKEL_PORT, SCHAKEL_REGION, SCHAKEL_ISSUER_PORT }: Port): number =>
  SCHAKEL_ISSUER_PORT ?? SCHAKEL_PORT + portOffsets(loadRegion(SCHAKEL_REGION)).issuer;

/** Base of the issuers: the setting, or the demo issuers of this hub. */
export const issuerBaseUrl = (settings: Place): string =>
  settings.SCHAKEL_ISSUER_URL ?? `http://${reachableHost(settings.SCHAKEL_HOST)}:${issuerPort(settings)}`;

/** Path of an issuer below the base. */
export const issuerPath = (issuer: string): string => `/issuers/${issuer}`;

/** Where an issuer of the demo stands; also its `iss`. */
export const issuerUrl = (baseUrl: string, issuer: string): string =>
  `${baseUrl.replace(/\/$/, "")}${issuerPath(issuer)}`;

/** Where to tell that a session has ended: the setting, or the gateway of this hub. */
export const signOutUrl = (
  settings: Pick<IssuerEnvironment, "SCHAKEL_PORT" | "SCHAKEL_HOST" | "SCHAKEL_SIGN_OUT_URL">,
): string =>
  settings.SCHAKEL_SIGN_OUT_URL ??
  `http://${reachableHost(settings.SCHAKEL_HOST)}:${settings.SCHAKEL_PORT}/sign-out`;
