// Nothing without a grant, nothing with a bad one, and the right answer with a good one.

import type { CheckCode, Finding } from "../finding";
import { failed, passed, warned } from "../finding";
import { grantFor, SCHEMA_QUERY, type Checked } from "../checked";
import type { Flaw } from "../make-grant";
import { codesOf, dataOf, type Answer } from "../target";

const UNAUTHORISED = 401;
const READ_ABOUT_IT = "docs/verify-a-grant.md says how a grant is verified.";

/** Seconds; no grant may be valid for so long. */
const AN_HOUR_S = 3_600;

/** Bad grants that every source has to refuse, and what to do when one is not. */
const FLAWS: readonly (readonly [CheckCode, Flaw, string])[] = [
  [
    "GRANT_FORGED",
    { forged: true },
    "Verify the signature (EdDSA) with the key of `kid` out of the gateway's key set.",
  ],
  ["GRANT_EXPIRED", { expiresIn: -20 }, "Refuse when `exp` has passed, by a clock that is right."],
  [
    "GRANT_LIFETIME",
    { expiresIn: AN_HOUR_S },
    "Refuse when more than 59 seconds lie between `iat` and `exp`.",
  ],
  ["GRANT_TYPE", { type: "JWT" }, "Refuse unless the header says `typ: schakel-grant+jwt`."],
  ["GRANT_ISSUER", { issuer: "another-gateway" }, "Refuse unless `iss` is `schakel-gateway`."],
  ["GRANT_AUDIENCE", { audience: "another-source" }, "Refuse unless `aud` is the name of this source."],
  [
    "GRANT_REQUEST",
    { request: { query: "{ __typename }", variables: {} } },
    "Refuse unless `request` is the SHA-256 of [query, variables] of this very request.",
  ],
];

/** Did nothing come? */
const isRefused = (answer: Answer): boolean => dataOf(answer) === undefined && codesOf(answer).length > 0;

function judge(check: CheckCode, answer: Answer, remedy: string): Finding {
  if (dataOf(answer) !== undefined) return failed(check, "It was answered.", `${remedy} ${READ_ABOUT_IT}`);
  if (!isRefused(answer)) {
    return failed(
      check,
      `The answer (${answer.status}) has neither data nor errors.`,
      'Answer {"errors": [{"message": "...", "extensions": {"code": "GRANT_INVALID"}}]}.',
    );
  }
  const codes = codesOf(answer);
  if (answer.status !== UNAUTHORISED || codes.some((code) => !code?.startsWith("GRANT_"))) {
    return warned(
      check,
      `It was refused with status ${answer.status} and code ${codes[0] ?? "none"}.`,
      "Answer 401 with `extensions.code` GRANT_REQUIRED, GRANT_EXPIRED, GRANT_REPLAYED or GRANT_INVALID, so that the operator sees why.",
    );
  }
  return passed(check);
}

/** One finding for each way in which a grant can be bad. */
export async function checkBadGrants({ target, grants }: Checked): Promise<Finding[]> {
  const grant = grantFor([]);
  const findings = [
    judge(
      "GRANT_MISSING",
      await target.ask(SCHEMA_QUERY),
      "Refuse every request without `extensions.grant`, also for the schema.",
    ),
    judge(
      "GRANT_UNSIGNED",
      await target.ask(SCHEMA_QUERY, grants.unsigned(grant, SCHEMA_QUERY)),
      "Accept the algorithm EdDSA alone, never `none`.",
    ),
  ];
  for (const [check, flaw, remedy] of FLAWS) {
    const token = await grants.make(grant, SCHEMA_QUERY, flaw);
    findings.push(judge(check, await target.ask(SCHEMA_QUERY, token), remedy));
  }
  return findings;
}

/** Two findings: a good grant is accepted, and not a second time. */
export async function checkGoodGrant({ target, grants }: Checked): Promise<Finding[]> {
  const token = await grants.make(grantFor([]), SCHEMA_QUERY);
  const first = await target.ask(SCHEMA_QUERY, token);
  if (dataOf(first) === undefined) {
    const code = codesOf(first)[0] ?? "no code";
    return [
      failed(
        "GRANT_ACCEPTED",
        `A good grant was refused (${first.status}, ${code}).`,
        `Give the source the key set of this hub (grant-public.jwks.json), let it take its own name as audience, and look at its clock. ${READ_ABOUT_IT}`,
      ),
    ];
  }
  const again = await target.ask(SCHEMA_QUERY, token);
  return [
    passed("GRANT_ACCEPTED"),
    judge(
      "GRANT_REPLAYED",
      again,
      "Remember each `jti` until its grant has expired, and refuse it the second time.",
    ),
  ];
}
