// Referrals among a region's demo families as they are written down, on the days of the story; without a word about anybody.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import {
  ConsentBasis,
  FamilyInformed,
  ReferralMode,
  ReferralReason,
  TransferReason,
  Urgency,
} from "../source/referral-codes";
import { ROUTES } from "../source/routes";
import { TRANSITIONS } from "../source/transitions";

const REFERRALS_FILE = "referrals.json";

const code = <T extends object>(list: T) =>
  z.enum(Object.keys(list) as [keyof T & string, ...(keyof T & string)[]]);

/** A step of the story. `at` is a moment of the story, in UTC. */
const DemoStep = z.strictObject({
  action: code(TRANSITIONS),
  /** Worker who took it; left out when the hub did. */
  by: z.string().optional(),
  at: z.iso.datetime(),
  codes: z.array(z.string()).optional(),
  expectedOn: z.iso.date().optional(),
  /** Owner that was proposed, for an objection. */
  proposal: z.string().optional(),
});
export type DemoStep = z.infer<typeof DemoStep>;

/** A referral of the story, with its steps after sending. */
const DemoReferral = z.strictObject({
  id: z.uuid(),
  /** What happens, for who reads the file. */
  story: z.string(),
  familyId: z.string(),
  type: code(ROUTES),
  receiver: z.string(),
  mode: code(ReferralMode),
  transferReason: code(TransferReason).optional(),
  urgency: code(Urgency),
  reasonCode: code(ReferralReason),
  consentBasis: code(ConsentBasis),
  familyInformed: z.strictObject({ how: code(FamilyInformed), on: z.iso.date().optional() }),
  /** Worker who sent it. */
  by: z.string(),
  at: z.iso.datetime(),
  steps: z.array(DemoStep),
});
export type DemoReferral = z.infer<typeof DemoReferral>;

/** The referrals in the folder of a demo; throws on one that does not fit. */
export async function readDemoReferrals(folder: string): Promise<DemoReferral[]> {
  return z.array(DemoReferral).parse(JSON.parse(await readFile(path.join(folder, REFERRALS_FILE), "utf8")));
}
