// Which of several statements of one giver counts today, and for what.

import type { ConsentRecord } from "../../../shared/database/family-records";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { aConsent, aPerson, TODAY } from "../../kit/family-records";
import { askAbout, BORN } from "./consents";

describe("which statement counts", () => {
  const sanne = aPerson("child", "CHILD", BORN.FROM_16_TO_17);
  const later = { recordedAt: "2026-02-01T10:00:00Z" };
  const state = (consents: ConsentRecord[], question = {}) => askAbout(sanne, {}, consents, question).state;

  test("the latest of one giver, in whatever order they come", () => {
    const yes = aConsent("child", "child");
    const no = aConsent("child", "child", { ...later, decision: "REFUSED" });
    expect(state([yes, no])).toBe("REFUSED");
    expect(state([no, yes])).toBe("REFUSED");
  });

  test("a newer yes after a withdrawn one", () => {
    const withdrawn = aConsent("child", "child", { withdrawnAt: "2026-01-20T10:00:00Z" });
    expect(state([withdrawn, aConsent("child", "child", later)])).toBe("GIVEN");
  });

  test("the withdrawal of the newest, though an older yes still runs", () => {
    const newest = aConsent("child", "child", { ...later, withdrawnAt: "2026-03-01T10:00:00Z" });
    expect(state([aConsent("child", "child"), newest])).toBe("LAPSED");
  });

  test("on the same moment the one that is no yes", () => {
    const no = aConsent("child", "child", { decision: "REFUSED" });
    expect(state([no, aConsent("child", "child")])).toBe("REFUSED");
    expect(state([aConsent("child", "child"), no])).toBe("REFUSED");
  });

  test("not one that begins tomorrow; one on its first and its last day", () => {
    expect(state([aConsent("child", "child", { validFrom: toPlainDate("2026-06-16") })])).toBe("ABSENT");
    expect(state([aConsent("child", "child", { validFrom: TODAY, validUntil: TODAY })])).toBe("GIVEN");
  });

  test("not a refusal that was taken back", () => {
    const back = { decision: "REFUSED", withdrawnAt: "2026-02-01T10:00:00Z" } as const;
    expect(state([aConsent("child", "child", back)])).toBe("ABSENT");
  });

  test("only one for this holder, recipient, category, purpose and person", () => {
    const yes = [aConsent("child", "child")];
    expect(state(yes)).toBe("GIVEN");
    expect(state(yes, { holder: "wss" })).toBe("ABSENT");
    expect(state(yes, { recipient: "rvdk" })).toBe("ABSENT");
    expect(state(yes, { category: "SAFETY" })).toBe("ABSENT");
    expect(state(yes, { purpose: "CONSULT" })).toBe("ABSENT");
    expect(state([aConsent("mother", "child")])).toBe("ABSENT");
    expect(state([aConsent("child", "child", { holder: toOrganisationCode("wss") })])).toBe("ABSENT");
  });
});
