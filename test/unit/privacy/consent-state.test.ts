// The age rules of consent, as tables that read like the law.

import { consentState } from "../../../gateway/privacy/consent-state";
import { aConsent, anAuthority, aPerson, aRecord, TODAY } from "../../kit/family-records";
import { askAbout, BORN, statement, stateOf, type Word } from "./consents";

describe.each(["UNBORN", "UNDER_12"] as const)("%s: all parents with authority decide", (band) => {
  test.each<[Word, Word, string]>([
    ["GIVEN", "GIVEN", "GIVEN"],
    ["GIVEN", "SILENT", "ABSENT"],
    ["GIVEN", "REFUSED", "REFUSED"],
    ["GIVEN", "WITHDRAWN", "LAPSED"],
    ["GIVEN", "EXPIRED", "LAPSED"],
    ["REFUSED", "WITHDRAWN", "REFUSED"],
    ["SILENT", "SILENT", "ABSENT"],
  ])("mother %s, father %s: %s", (mother, father, state) => {
    expect(stateOf({ band }, "SILENT", mother, father).state).toBe(state);
  });

  test("a parent without authority is not asked and cannot refuse", () => {
    expect(stateOf({ band, father: "NO" }, "SILENT", "GIVEN", "REFUSED").state).toBe("GIVEN");
  });

  test("what the child says is no consent", () => {
    expect(stateOf({ band }, "GIVEN", "SILENT", "SILENT").state).toBe("ABSENT");
  });
});

describe("authority that is unknown", () => {
  test("does not count as consent, and is not passed over either", () => {
    expect(stateOf({ band: "UNDER_12", father: "UNKNOWN" }, "SILENT", "GIVEN", "GIVEN").state).toBe("ABSENT");
    expect(stateOf({ band: "UNDER_12", father: "UNKNOWN" }, "SILENT", "GIVEN", "SILENT").state).toBe(
      "ABSENT",
    );
  });

  test("does count as a refusal", () => {
    expect(stateOf({ band: "UNDER_12", father: "UNKNOWN" }, "SILENT", "GIVEN", "REFUSED").state).toBe(
      "REFUSED",
    );
  });

  test("of both parents leaves nobody who can consent", () => {
    const unknown = { band: "UNDER_12", mother: "UNKNOWN", father: "UNKNOWN" } as const;
    expect(stateOf(unknown, "GIVEN", "GIVEN", "GIVEN").state).toBe("ABSENT");
  });

  test("leaves a young person of 12 to 15 as the only one who consented", () => {
    expect(stateOf({ band: "FROM_12_TO_15", father: "UNKNOWN" }, "GIVEN", "GIVEN", "GIVEN").state).toBe(
      "CHILD_ONLY",
    );
  });

  test("is what a parent has about whom nothing is recorded", () => {
    const subject = aPerson("child", "CHILD", BORN.UNDER_12);
    const record = aRecord({
      members: [
        aPerson("mother", "PARENT", "1990-01-01"),
        aPerson("stepfather", "PARENT", "1988-01-01"),
        subject,
      ],
      authorities: [anAuthority("mother", "child", "YES")],
      consents: statement("child", "mother", "GIVEN"),
    });
    const asked = { holder: "save", recipient: "lokalis", category: "CARE_PLAN", purpose: "CARE" } as const;
    expect(consentState({ record, subject, ...asked, today: TODAY }).state).toBe("ABSENT");
  });

  test("does not matter from 16", () => {
    expect(stateOf({ band: "FROM_16_TO_17", father: "UNKNOWN" }, "GIVEN", "SILENT", "SILENT").state).toBe(
      "GIVEN",
    );
  });
});

describe("12 to 15: the young person and all parents with authority", () => {
  test.each<[Word, Word, Word, string]>([
    ["GIVEN", "GIVEN", "GIVEN", "GIVEN"],
    ["SILENT", "GIVEN", "GIVEN", "PARENTS_ONLY"],
    ["REFUSED", "GIVEN", "GIVEN", "PARENTS_ONLY"],
    ["WITHDRAWN", "GIVEN", "GIVEN", "LAPSED"],
    ["GIVEN", "SILENT", "SILENT", "CHILD_ONLY"],
    ["GIVEN", "GIVEN", "REFUSED", "CHILD_ONLY"],
    ["GIVEN", "REFUSED", "REFUSED", "CHILD_ONLY"],
    ["GIVEN", "GIVEN", "EXPIRED", "LAPSED"],
    ["SILENT", "GIVEN", "SILENT", "ABSENT"],
    ["SILENT", "GIVEN", "REFUSED", "REFUSED"],
    ["REFUSED", "SILENT", "SILENT", "REFUSED"],
    ["SILENT", "SILENT", "SILENT", "ABSENT"],
  ])("young person %s, mother %s, father %s: %s", (child, mother, father, state) => {
    expect(stateOf({ band: "FROM_12_TO_15" }, child, mother, father).state).toBe(state);
  });

  test("who is not able is decided for by the parents", () => {
    const notAble = { band: "FROM_12_TO_15", able: false } as const;
    expect(stateOf(notAble, "REFUSED", "GIVEN", "GIVEN").state).toBe("GIVEN");
    expect(stateOf(notAble, "GIVEN", "SILENT", "GIVEN").state).toBe("ABSENT");
  });

  test("with no parent who has authority, the young person alone is not enough", () => {
    const nobody = { band: "FROM_12_TO_15", mother: "NO", father: "NO" } as const;
    expect(stateOf(nobody, "GIVEN", "GIVEN", "GIVEN").state).toBe("CHILD_ONLY");
  });
});

describe("16 and 17: the young person alone", () => {
  test.each<[Word, Word, Word, string]>([
    ["GIVEN", "REFUSED", "REFUSED", "GIVEN"],
    ["REFUSED", "GIVEN", "GIVEN", "PARENTS_ONLY"],
    ["SILENT", "GIVEN", "GIVEN", "PARENTS_ONLY"],
    ["SILENT", "GIVEN", "SILENT", "ABSENT"],
    ["REFUSED", "SILENT", "SILENT", "REFUSED"],
    ["WITHDRAWN", "GIVEN", "GIVEN", "LAPSED"],
  ])("young person %s, mother %s, father %s: %s", (child, mother, father, state) => {
    expect(stateOf({ band: "FROM_16_TO_17" }, child, mother, father).state).toBe(state);
  });

  test("who is not able is decided for by the parents", () => {
    expect(stateOf({ band: "FROM_16_TO_17", able: false }, "GIVEN", "GIVEN", "GIVEN").state).toBe("GIVEN");
    expect(stateOf({ band: "FROM_16_TO_17", able: false }, "GIVEN", "SILENT", "SILENT").state).toBe("ABSENT");
  });
});

const stateAboutMother = (own: Word, father: Word) =>
  askAbout(aPerson("mother", "PARENT", "1990-01-01"), {}, [
    ...statement("mother", "mother", own),
    ...statement("mother", "father", father),
  ]).state;

describe("an adult: that adult alone", () => {
  test.each<[Word, Word, string]>([
    ["GIVEN", "REFUSED", "GIVEN"],
    ["SILENT", "GIVEN", "OTHER_PARENT_ONLY"],
    ["REFUSED", "GIVEN", "REFUSED"],
    ["WITHDRAWN", "GIVEN", "LAPSED"],
    ["SILENT", "SILENT", "ABSENT"],
  ])("parent %s, other parent %s: %s", (own, other, state) => {
    expect(stateAboutMother(own, other)).toBe(state);
  });

  test("a child of 18 decides alone", () => {
    expect(stateOf({ band: "ADULT" }, "SILENT", "GIVEN", "GIVEN").state).toBe("ABSENT");
    expect(stateOf({ band: "ADULT" }, "GIVEN", "REFUSED", "REFUSED").state).toBe("GIVEN");
  });

  test("the word of an adult who is not able is no consent, but is a refusal", () => {
    expect(stateOf({ band: "ADULT", able: false }, "GIVEN", "GIVEN", "GIVEN").state).toBe("ABSENT");
    expect(stateOf({ band: "ADULT", able: false }, "REFUSED", "SILENT", "SILENT").state).toBe("REFUSED");
  });
});

describe("a parent who is not able", () => {
  const asked = { holder: "save", recipient: "lokalis", category: "CARE_PLAN", purpose: "CARE" } as const;
  const mother = aPerson("mother", "PARENT", "1990-01-01");
  const child = aPerson("child", "CHILD", BORN.UNDER_12);
  const notAble = aPerson("father", "PARENT", "1988-01-01", false);

  test.each([
    ["in the same household", [mother, notAble, child]],
    ["in the child's other household", [mother, child]],
  ])("gives no consent for a child, %s", (_, members) => {
    const record = (able: boolean) =>
      aRecord({
        members,
        authorities: [anAuthority("mother", "child", "YES"), anAuthority("father", "child", "YES", able)],
        consents: [...statement("child", "mother", "GIVEN"), ...statement("child", "father", "GIVEN")],
      });
    const state = (able: boolean) =>
      consentState({ record: record(able), subject: child, ...asked, today: TODAY }).state;
    expect(state(false)).toBe("ABSENT");
    expect(state(true)).toBe("GIVEN");
  });

  test("leaves the other parent's data as if nothing was said", () => {
    const record = aRecord({
      members: [mother, notAble],
      consents: statement("mother", "father", "GIVEN"),
    });
    expect(consentState({ record, subject: mother, ...asked, today: TODAY }).state).toBe("ABSENT");
  });
});

const afterBothParents = (mother: boolean, father: boolean) =>
  askAbout(aPerson("child", "CHILD", BORN.UNDER_12), {}, [
    aConsent("child", "mother", { explicit: mother }),
    aConsent("child", "father", { explicit: father }),
  ]);

describe("explicit", () => {
  test("only when everyone who had to consent was explicit", () => {
    expect(afterBothParents(true, true)).toEqual({ state: "GIVEN", explicit: true });
    expect(afterBothParents(true, false)).toEqual({ state: "GIVEN", explicit: false });
  });

  test("never without consent", () => {
    const refused = [aConsent("child", "child", { decision: "REFUSED", explicit: true })];
    expect(askAbout(aPerson("child", "CHILD", BORN.FROM_16_TO_17), {}, refused).explicit).toBe(false);
  });
});
