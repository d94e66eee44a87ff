import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { Referral } from "./referral";

/** A page of referrals. */
export const ReferralConnection: ClassType<Connection<Referral>> = connectionType("Referral", () => Referral);
