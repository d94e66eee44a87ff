// Settings of the door at which messages of the chain come in.

import { z } from "zod";
import { port, type SettingsCheck } from "../../shared/kernel/settings";
import { isProduction, type Place } from "../../shared/production/place";
import { checkRegion } from "../../shared/region/named-settings";
import { loadRegion } from "../../shared/region/region";
import { receiversOf } from "./receivers";

/** Part of the gateway's environment. */
export const STUF_SETTINGS = {
  /** Where messages come in; nowhere when it is not set. */
  SCHAKEL_STUF_PORT: port().optional(),
  /** Folder with `ca.crt` of the chain, and `gateway.crt` and `gateway.key`. */
  SCHAKEL_STUF_TLS_DIR: z.string().min(1).optional(),
  /** Name in the certificate of the node that hands messages over. */
  SCHAKEL_STUF_PEER_NAME: z.string().min(1).default("stuf-node"),
  /** Secret of the UsernameToken of messages that come in, under the OIN of who sends them. */
  SCHAKEL_STUF_DOOR_SECRET: z.string().min(16, "at least 16 characters").optional(),
};
const Shape = z.object(STUF_SETTINGS);
export type StufSettings = z.infer<typeof Shape>;

/** For readSettings: nobody hands a message over without being known; in production by a certificate. */
export const checkStuf: SettingsCheck<StufSettings & Place> = (valid, env) => {
  const { SCHAKEL_STUF_PORT: at, SCHAKEL_STUF_TLS_DIR: directory } = valid;
  if (at === undefined || directory !== undefined) return [];
  if (isProduction(valid))
    return ["SCHAKEL_STUF_TLS_DIR: is needed in production, for mutual TLS with the node"];
  // One that is set and no good has a fault of its own.
  const hasSecret = ["", "_FILE"].some((end) => env[`SCHAKEL_STUF_DOOR_SECRET${end}`] !== undefined);
  return hasSecret
    ? []
    : [
        "SCHAKEL_STUF_PORT: needs SCHAKEL_STUF_TLS_DIR or SCHAKEL_STUF_DOOR_SECRET, so that the node is known",
      ];
};

/** For readSettings: a door in a region that sends no messages would be opened for nobody, so it is a mistake. */
export const checkDoorIsNeeded: SettingsCheck<StufSettings & { readonly SCHAKEL_REGION: string }> = (
  { SCHAKEL_STUF_PORT: at, SCHAKEL_REGION: code },
  env,
) => {
  // Without a region nothing can be said of its receivers; that is a fault of its own.
  if (at === undefined || code === undefined || checkRegion({ SCHAKEL_REGION: code }, env).length > 0)
    return [];
  return receiversOf(loadRegion(code)).size > 0
    ? []
    : ["SCHAKEL_STUF_PORT: nobody is sent messages of the chain here; a region file says who is (delivery)"];
};
