// All kinds of request to another organisation in one list, as one sender sees them.

import type { Category } from "../../../shared/kernel/codes";
import { decisionNorm, type DecisionNorm, type NormSource } from "../../../shared/region/referral-norms";
import { getOrganisation, type Organisation, type Region } from "../../../shared/region/region";
import type { OrganisationCode } from "../../../shared/kernel/ids";
import { selectable } from "./content";
import { NOT_CARRIED, NOT_CARRIED_TYPES, type NotCarriedType } from "./not-carried";
import { receiversOf, REFERRAL_TYPES, ROUTES, type ReferralType } from "./routes";

/** A kind that can be asked for: carried by the hub, or answered with the way to go instead. */
export type AskedReferralType = ReferralType | NotCarriedType;

/** A kind of request, as one sender sees it. */
export interface TypeInfo {
  readonly type: AskedReferralType;
  readonly term: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Codes of organisations; none when the hub does not carry it, or not for this sender. */
  readonly receivers: readonly string[];
  readonly document: readonly string[];
  readonly norm: {
    readonly workingDays: number | null;
    readonly hours: number | null;
    readonly text: string;
    readonly source: NormSource;
  } | null;
  readonly responsible: string;
  readonly opens: readonly Category[];
  readonly reason: string | null;
  readonly way: string | null;
}

/** Every kind, those that the hub carries first; for an organisation outside the hub's senders all without receivers. */
export function listTypes(region: Region, organisation: OrganisationCode): TypeInfo[] {
  const sender = region.organisations.some((one) => one.code === organisation)
    ? getOrganisation(region, organisation)
    : undefined;
  return [...REFERRAL_TYPES.map((type) => ofRoute(region, sender, type)), ...NOT_CARRIED_TYPES.map(ofOther)];
}

function ofRoute(region: Region, sender: Organisation | undefined, type: ReferralType): TypeInfo {
  const { term, from, to, document, timing, responsible } = ROUTES[type];
  return {
    type,
    term,
    from,
    to,
    receivers: sender ? receiversOf(region, sender, type).map((one) => one.code) : [],
    document,
    norm: shownNorm(decisionNorm(region, type), timing),
    responsible,
    opens: sender?.kind && from.includes(sender.kind) ? selectable(type, sender.kind) : [],
    reason: null,
    way: null,
  };
}

/** The norm and, where the kind has its own moment, that as well: one does not take the place of the other. */
function shownNorm(norm: DecisionNorm | null, timing: string | undefined): TypeInfo["norm"] {
  if (!norm) {
    return timing === undefined
      ? null
      : { workingDays: null, hours: null, text: timing, source: "UNCONFIRMED" };
  }
  return {
    workingDays: "hours" in norm ? null : norm.workingDays,
    hours: "hours" in norm ? norm.hours : null,
    text: timing === undefined ? norm.by : `${norm.by}; ${timing}`,
    source: norm.source,
  };
}

function ofOther(type: NotCarriedType): TypeInfo {
  const { term, from, to, document, timing, source, responsible, reason, way } = NOT_CARRIED[type];
  return {
    type,
    term,
    from,
    to: [to],
    receivers: [],
    document,
    norm: { workingDays: null, hours: null, text: timing, source },
    responsible,
    opens: [],
    reason,
    way,
  };
}
