// What no rule may ever open, proved by Cedar itself for every combination of facts there is: one forbid is shown to
// match with everything else left unknown, and a forbid can be undone by no other rule. prove.test.ts proves the same
// promises, and more, in another way.

import { isAuthorizedPartial, type Context, type Expr } from "@cedar-policy/cedar-wasm/nodejs";
import { Category, HubResource, isCode } from "../../shared/kernel/codes";
import { createCover } from "../../gateway/privacy/cover/cover";
import { FACT_NAMES, FACT_VALUES, type Facts } from "../../gateway/privacy/facts";
import { employs, purposesOpenTo } from "../../gateway/privacy/purposes";
import { thePolicySet } from "../kit/policies";

const set = thePolicySet();

const TYPES: Partial<Record<keyof Facts, string>> = {
  requesterKind: "OrganisationKind",
  holderKind: "OrganisationKind",
  purpose: "Purpose",
  framework: "Framework",
  consent: "ConsentState",
  relation: "Relation",
};

const CATEGORIES = Object.keys(Category) as Category[];

const EVERYTHING = "permit (principal, action, resource);";

/**
 * Whether `rule` closes an action against a rule that permits everything, when only `known` facts are known.
 * True only when Cedar is sure, whatever the other facts are.
 */
function closes(rule: string, action: "read" | "request", known: Partial<Facts>): boolean {
  const context: Context = {};
  for (const name of FACT_NAMES) {
    if (name === "requesterFunction" || name === "category") continue;
    const value = known[name];
    if (value === undefined) context[name] = { __extn: { fn: "unknown", arg: name } };
    else
      context[name] =
        typeof value === "string" ? { __entity: { type: TYPES[name] ?? "", id: value } } : value;
  }
  const policy = set.policies[rule];
  if (policy === undefined) throw new Error(`There is no rule ${rule}.`);
  const answer = isAuthorizedPartial({
    principal: known.requesterFunction ? { type: "WorkerFunction", id: known.requesterFunction } : null,
    action: { type: "Action", id: action },
    resource: known.category
      ? { type: isCode(HubResource, known.category) ? "HubResource" : "Category", id: known.category }
      : null,
    context,
    policies: { staticPolicies: { [rule]: policy, everything: EVERYTHING } },
    entities: [],
  });
  if (answer.type === "failure") throw new Error(answer.errors.map((one) => one.message).join("; "));
  return answer.response.errored.length === 0 && answer.response.decision === "deny";
}

/** Closed for every category of data about people, and so whatever the other facts are. */
const expectContentClosed = (rule: string, known: Partial<Facts>): void => {
  for (const category of CATEGORIES) expectClosed(rule, { ...known, category });
};

const expectClosed = (rule: string, known: Partial<Facts>): void => {
  for (const action of ["read", "request"] as const) {
    expect({ action, known, closed: closes(rule, action, known) }).toEqual({ action, known, closed: true });
  }
};

describe("nobody but an assessor of Veilig Thuis ever gets at who reported", () => {
  const others = FACT_VALUES.requesterFunction.flatMap((requesterFunction) =>
    FACT_VALUES.requesterKind
      .filter((requesterKind) => !(requesterFunction === "ASSESSOR" && requesterKind === "SAFE_HOME"))
      .map((requesterKind) => ({ requesterFunction, requesterKind })),
  );

  test.each(others)("$requesterFunction at $requesterKind: closed for every other fact", (who) => {
    expectClosed("reporter-sealed", { ...who, category: "REPORTER" });
  });

  test.each(FACT_VALUES.holderKind)(
    "an assessor of Veilig Thuis at another organisation (%s)",
    (holderKind) => {
      const who = { requesterFunction: "ASSESSOR", requesterKind: "SAFE_HOME" } as const;
      expectClosed("reporter-sealed", { ...who, category: "REPORTER", holderKind, sameOrganisation: false });
    },
  );
});

describe("a local team never gets at police and criminal data", () => {
  test.each(FACT_VALUES.requesterFunction)("as %s: closed for every other fact", (requesterFunction) => {
    expectClosed("criminal-not-for-local-team", {
      requesterFunction,
      requesterKind: "LOCAL_TEAM",
      category: "CRIMINAL",
    });
  });
});

describe("who has no relation to the family gets nothing about it", () => {
  test.each(FACT_VALUES.purpose)("for %s: closed for every other fact", (purpose) => {
    const rule = purpose === "ACUTE_SAFETY" ? "emergency-not-assigned" : "no-relation";
    expectContentClosed(rule, { relation: "NONE", purpose });
  });
});

describe("who is outside, advises, oversees or runs the hub gets no personal data", () => {
  test.each([
    [{ requesterKind: "AUTHORITY" }, "authority-outside-hub"],
    [{ requesterKind: "MUNICIPALITY" }, "municipality-without-files"],
    [{ requesterFunction: "ADVISOR" }, "advice-without-person-data"],
    [{ requesterFunction: "PRIVACY_OFFICER" }, "oversight-without-content"],
    [{ requesterFunction: "OPERATOR" }, "operator-without-content"],
  ] as const)("%j: closed for every other fact by %s", (who, rule) => {
    expectContentClosed(rule, who);
  });

  test("and the operator no access log", () => {
    expectClosed("operator-without-content", { requesterFunction: "OPERATOR", category: "ACCESS_LOG" });
  });
});

describe("a purpose that is not open to the function, or a function that the employer cannot have", () => {
  test("is closed exactly where the list of open purposes says so", () => {
    const { space, matches } = createCover(set);
    const notOpen = space.wherever(
      ["requesterKind", "requesterFunction", "purpose"],
      ({ requesterKind, requesterFunction, purpose }) =>
        !employs(requesterKind, requesterFunction) || !purposesOpenTo(requesterFunction).includes(purpose),
    );
    expect(matches("purpose-not-open")).toBe(notOpen);
  });
});

describe("consent that is refused, lapsed or absent", () => {
  const others = ["duo-partner", "board-with-consent", "meeting-case-summary", "parent-with-young-person"];
  const opening = [...set.rules.values()].filter(
    (rule) => rule.effect === "PERMIT" && (rule.file === "consent.cedar" || others.includes(rule.id)),
  );

  test("satisfies no rule that opens by consent: each demands that it is given", () => {
    expect(opening.length).toBeGreaterThanOrEqual(5 + others.length);
    for (const rule of opening) {
      const demanded = (set.policies[rule.id]?.conditions ?? []).flatMap(({ kind, body }) =>
        kind === "when" ? conjuncts(body) : [],
      );
      expect({ rule: rule.id, demanded }).toEqual({
        rule: rule.id,
        demanded: expect.arrayContaining([GIVEN]) as unknown,
      });
    }
  });

  test.each([
    ["REFUSED", "consent-refused"],
    ["ABSENT", "consent-not-asked"],
    ["LAPSED", "consent-lapsed"],
  ] as const)("%s: what others hold stays closed for voluntary help, by %s", (consent, rule) => {
    const asked = { purpose: "CARE", framework: "VOLUNTARY", sameOrganisation: false, consent } as const;
    for (const holderKind of FACT_VALUES.holderKind.filter((kind) => kind !== "HUB")) {
      expectContentClosed(rule, { ...asked, requesterFunction: "WORKER", holderKind });
    }
  });
});

describe("a secret address", () => {
  test("is never read, at most asked for", () => {
    expect(closes("secret-address.not-read", "read", { category: "SECRET_ADDRESS" })).toBe(true);
  });
});

const GIVEN = {
  "==": {
    left: { ".": { left: { Var: "context" }, attr: "consent" } },
    right: { Value: { __entity: { type: "ConsentState", id: "GIVEN" } } },
  },
};

/** The parts that must all be true for an expression to be true. */
function conjuncts(expr: Expr): Expr[] {
  if (!("&&" in expr)) return [expr];
  const { left, right } = expr["&&"] as { left: Expr; right: Expr };
  return [...conjuncts(left), ...conjuncts(right)];
}
