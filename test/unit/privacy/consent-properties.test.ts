// What holds for the state of consent whatever anybody said.

import * as fc from "fast-check";
import type { Authority } from "../../../shared/kernel/codes";
import { aPerson } from "../../kit/family-records";
import { askAbout, BORN, statement, stateOf, WORDS, type Band, type Word } from "./consents";

describe("over any family of two parents and a child", () => {
  const word = fc.constantFrom(...WORDS);
  const authority = fc.constantFrom<Authority>("YES", "NO", "UNKNOWN");
  const band = fc.constantFrom(...(Object.keys(BORN) as Band[]));
  const all = fc.record({ band, able: fc.boolean(), mother: authority, father: authority });

  test("GIVEN means that everyone who had to say yes did, and nobody of them anything else", () => {
    fc.assert(
      fc.property(all, word, word, word, (family, child, mother, father) => {
        if (stateOf(family, child, mother, father).state !== "GIVEN") return;
        const byParents = !family.able || family.band === "UNBORN" || family.band === "UNDER_12";
        const adult = family.band === "ADULT";
        const needsParents = !adult && (byParents || family.band === "FROM_12_TO_15");
        const needsChild = adult || !byParents;
        if (needsChild) expect(child).toBe("GIVEN");
        if (!needsParents) return;
        expect([family.mother, family.father]).not.toContain("UNKNOWN");
        expect([family.mother, family.father]).toContain("YES");
        if (family.mother === "YES") expect(mother).toBe("GIVEN");
        if (family.father === "YES") expect(father).toBe("GIVEN");
      }),
      { numRuns: 3000 },
    );
  });

  test("a young person who must agree and did not makes it never GIVEN", () => {
    const noYes = fc.constantFrom<Word>("REFUSED", "WITHDRAWN", "EXPIRED", "SILENT");
    fc.assert(
      fc.property(all, noYes, word, word, (family, child, mother, father) => {
        const decidesToo = family.band === "ADULT" || (family.able && family.band.startsWith("FROM"));
        if (decidesToo) expect(stateOf(family, child, mother, father).state).not.toBe("GIVEN");
      }),
      { numRuns: 2000 },
    );
  });

  test("the order in which statements stand does not matter", () => {
    fc.assert(
      fc.property(all, word, word, word, fc.boolean(), (family, child, mother, father, turned) => {
        const subject = aPerson("child", "CHILD", BORN[family.band], family.able);
        const consents = [
          ...statement("child", "child", child),
          ...statement("child", "mother", mother),
          ...statement("child", "father", father),
        ];
        const asked = askAbout(subject, family, turned ? consents.toReversed() : consents);
        expect(asked).toEqual(stateOf(family, child, mother, father));
      }),
      { numRuns: 500 },
    );
  });
});
