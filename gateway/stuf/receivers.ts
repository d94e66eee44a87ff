// Who is sent messages of the chain, and in whose name a message is decided on or a notification moves a referral.

import type { OrganisationKind, WorkerFunction } from "../../shared/kernel/codes";
import { toWorkerId } from "../../shared/kernel/ids";
import type { Requester } from "../../shared/kernel/requester";
import type { Organisation, Region } from "../../shared/region/region";
import { CLIENT_PREFIX } from "../identify/read-claims";

/** Stands in the access log in the place of a worker: the organisation's own side of the messages. */
const CLIENT = toWorkerId(`${CLIENT_PREFIX}stuf-jeugdzorg`);

/** By whose rules a message to such an organisation is decided on: those who deal with requests that come in. */
const FUNCTIONS: Readonly<Partial<Record<OrganisationKind, WorkerFunction>>> = {
  CHILD_PROTECTION_BOARD: "INVESTIGATOR",
};

/** An organisation that requests for inquiry go to by message. */
export interface Receiver {
  readonly organisation: Organisation & { readonly chain: NonNullable<Organisation["chain"]> };
  /** The organisation itself, as who asks. */
  readonly requester: Requester;
}

/** The receivers of a region, by code; none where the region says of nobody that messages go there. */
export function receiversOf(region: Region): ReadonlyMap<string, Receiver> {
  return new Map(
    region.organisations.flatMap((organisation): [string, Receiver][] => {
      const { chain, code, kind, legalEntity } = organisation;
      const workerFunction = FUNCTIONS[kind];
      if (organisation.delivery?.kind !== "stuf" || !chain || !workerFunction) return [];
      const requester = {
        worker: CLIENT,
        organisation: code,
        kind,
        legalEntity,
        workerFunction,
        secondFactor: false,
      };
      return [[code, { organisation: { ...organisation, chain }, requester }]];
    }),
  );
}
