// The kinds of organisations as far as rules and regions tell them apart.

import type { HolderKind, OrganisationKind } from "./codes";

/** The kinds that the rules know; OTHER is no fact, so that no rule opens it by accident. */
export type KnownKind = Exclude<OrganisationKind, "OTHER">;

/** What an organisation of a region can be: of a kind that the rules know, or of another, of which all stays closed. */
export type MemberKind = HolderKind | "OTHER";
