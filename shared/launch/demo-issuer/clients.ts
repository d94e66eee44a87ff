// Who may ask a demo issuer for tokens: Schakel's own program, and one system of each organisation.

import type { ClientMetadata } from "oidc-provider";
import { DEMO_APP_CLIENT, demoSystemClient } from "../../kernel/token-claims";

/** Schakel as a program on somebody's own machine (RFC 8252): it can keep no secret, so it has none. */
export const APP_CLIENT = DEMO_APP_CLIENT;

/** Where the program listens; the port is chosen for each sign-in (RFC 8252, 7.3). */
export const APP_REDIRECT_PATH = "/signed-in";

/** The hub as a resource (RFC 8707): who asks a token for it gets one with the audience of the hub. */
export const HUB_RESOURCE = "urn:schakel:hub";

/** The password of every persona and the secret of every system of the demo. They open nothing but invented families. */
export const DEMO_PASSWORD = "overvecht-demo";

/** The system of an organisation, which asks in its own name. */
export const systemClient = demoSystemClient;

/** What the clients of one issuer are. */
export interface ClientOptions {
  /** Code of the organisation of which there is a system; undefined for an issuer that is no organisation. */
  readonly organisation: string | undefined;
  /** Where the hub hears that a session has ended. */
  readonly signOutUrl: string;
}

/** The clients that an issuer knows; there is no registering of others. */
export function clientsOf({ organisation, signOutUrl }: ClientOptions): ClientMetadata[] {
  const app: ClientMetadata = {
    client_id: APP_CLIENT,
    client_name: "Schakel",
    application_type: "native",
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: [`http://127.0.0.1${APP_REDIRECT_PATH}`],
    post_logout_redirect_uris: ["http://127.0.0.1/signed-out"],
    backchannel_logout_uri: signOutUrl,
    backchannel_logout_session_required: true,
  };
  if (organisation === undefined) return [app];
  const system: ClientMetadata = {
    client_id: systemClient(organisation),
    client_name: `System of ${organisation}`,
    client_secret: DEMO_PASSWORD,
    token_endpoint_auth_method: "client_secret_basic",
    grant_types: ["client_credentials"],
    response_types: [],
    redirect_uris: [],
  };
  return [app, system];
}
