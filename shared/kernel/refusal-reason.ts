// Why an organisation refuses what the hub's rules would permit: the closed list that its local rules and the gateway
// share. Terms: docs/local-rules.md.

/** Reasons that a local rule can give; what a reason tells is the organisation's own choice. */
export const RefusalReason = {
  /** Afgeschermd dossier: the record is marked so at the source */
  SHIELDED_RECORD: "SHIELDED_RECORD",
  /** In geschil: somebody contests what the record says (AVG 16, 18) */
  IN_DISPUTE: "IN_DISPUTE",
  /** Eigen beleid: tells nothing but that it was refused */
  OWN_POLICY: "OWN_POLICY",
  /** Een eigen regel kon niet worden toegepast; no rule gives it, a rule that fails gets it */
  RULE_FAILED: "RULE_FAILED",
} as const;
export type RefusalReason = keyof typeof RefusalReason;

/** The reasons that a rule itself can give. */
export type GivenReason = Exclude<RefusalReason, "RULE_FAILED">;
