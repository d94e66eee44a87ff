// What grows because more of it is asked: families in a request, members of a family, organisations in a view. The cost is to
// be in proportion at most.

import { familiesOf } from "../world";
import { REGION_WORKS } from "../works";
import type { Growing } from "./growing";
import { measureStep, type Measured } from "./step";

const FAMILIES = [1, 10, 100] as const;
/** One more than are asked, and one more: the page has a next one. */
const FAMILIES_THERE = 102;
const MEMBERS = [4, 12, 40] as const;
const ORGANISATIONS = [5, 10, 20, 40] as const;
/** As in the pilot. */
const FEWEST = 5;

/** A caseload of so many families. */
export const families: Growing = {
  what: "families in one request (caseload)",
  asked: true,
  measure: async ({ onStage, options }) =>
    onStage({ organisations: FEWEST, families: familiesOf(FAMILIES_THERE) }, async (stage, poster) => {
      const steps: Measured[] = [];
      for (const first of FAMILIES) {
        options.say(`${first} families in one request ...`);
        const work = { ...REGION_WORKS.caseload, variables: [{ first }] };
        steps.push(await measureStep({ stage, poster, options, isWarm: steps.length > 0 }, work, first));
      }
      return steps;
    }),
};

/** The combined view of a family with so many members. */
export const members: Growing = {
  what: "members of the family",
  asked: true,
  measure: async ({ onStage, options }) => {
    const steps: Measured[] = [];
    for (const many of MEMBERS) {
      options.say(`a family of ${many} ...`);
      const viewed = familiesOf(2).map((one) => ({
        ...one,
        members: Array.from({ length: many }, (_, index) => ({
          role: "CHILD" as const,
          age: 4 + (index % 12),
        })),
      }));
      const variables = viewed.map(({ view }) => ({ id: view.familyId }));
      const step = await onStage({ organisations: FEWEST, families: viewed }, async (stage, poster) =>
        measureStep({ stage, poster, options }, { ...REGION_WORKS.view, variables }, many),
      );
      steps.push(step);
    }
    return steps;
  },
};

/** The combined view over so many organisations. */
export const organisations: Growing = {
  what: "organisations in the view",
  asked: true,
  measure: async ({ onStage, options }) => {
    const steps: Measured[] = [];
    const viewed = familiesOf(2);
    const variables = viewed.map(({ view }) => ({ id: view.familyId }));
    for (const many of ORGANISATIONS) {
      options.say(`${many} organisations ...`);
      const step = await onStage({ organisations: many, families: viewed }, async (stage, poster) => {
        const work = { ...REGION_WORKS.view, query: stage.sized.view, variables };
        return measureStep({ stage, poster, options }, work, many);
      });
      steps.push(step);
    }
    return steps;
  },
};
