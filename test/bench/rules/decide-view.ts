// The decisions of one view by themselves: the facts of each are reduced anew, as for a new request; all are remembered.

import { holdersOf } from "../../../gateway/federate/region-parts";
import { loadDecider } from "../../../gateway/policy-files";
import { decideSubject, type SubjectQuestion } from "../../../gateway/privacy/decide-subject";
import type { FamilyRecord } from "../../../shared/database/family-records";
import { Category, isCode } from "../../../shared/kernel/codes";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../../shared/kernel/requester";
import type { Region } from "../../../shared/region/region";
import { CATEGORY_OF, FAMILY_PARTS, PERSON_PARTS } from "../../kit/view";
import { BenchError } from "../kit/benchmark";
import type { ViewCase } from "../kit/hub/families";
import { kept } from "../kit/hub/view";
import { take } from "../kit/stopwatch";

/** What it takes to decide everything that one view asks. */
export interface DecidedView {
  /** Subject x source x category; about a household one counts for all its members. */
  readonly questions: number;
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
}

const WARM_UP = 300;
const TIMES = 1_000;

/** Decides the whole view so often; rejects when anything in it is not permitted. */
export function measureDecidingView(
  one: ViewCase,
  record: FamilyRecord,
  requester: Requester,
  region: Region,
): DecidedView {
  const questions = questionsOf(one, record, requester, region);
  const decideAll = (): boolean =>
    questions.every((question) => decideSubject(question).outcome === "PERMIT");
  if (!decideAll())
    throw new BenchError("Not all of the view is permitted; its decisions were not measured.");
  for (let time = 0; time < WARM_UP; time += 1) decideAll();
  const { seconds, processorSeconds } = take(() => {
    for (let time = 0; time < TIMES; time += 1) decideAll();
  });
  return {
    questions: questions.length,
    milliseconds: (seconds * 1000) / TIMES,
    processorMilliseconds: (processorSeconds * 1000) / TIMES,
  };
}

function questionsOf(
  { purpose }: ViewCase,
  record: FamilyRecord,
  requester: Requester,
  region: Region,
): SubjectQuestion[] {
  const common = {
    decider: loadDecider(),
    requester,
    purpose,
    record,
    today: today(),
    unreviewedEmergency: false,
    readBefore: false,
  };
  const asked: readonly (readonly [Subject, readonly Category[]])[] = [
    [{ type: "Family", id: record.id }, categoriesIn(FAMILY_PARTS)],
    ...record.members.map(({ id }) => [{ type: "Person", id }, categoriesIn(PERSON_PARTS)] as const),
  ];
  return (
    [...holdersOf(region).values()]
      // The view asks those that rules name.
      .filter(({ kind }) => kind !== "HUB" && kind !== "OTHER")
      .flatMap((holder) =>
        asked.flatMap(([subject, categories]) =>
          categories.map((category) => ({ ...common, subject, holder, category })),
        ),
      )
  );
}

/** The categories of the parts of a dossier that the view asks for, each once. */
function categoriesIn(parts: string): Category[] {
  const named = kept(parts)
    .split("\n")
    .map((line) => CATEGORY_OF[/\w+/.exec(line)?.[0] ?? ""] ?? "");
  return [...new Set(named)].filter((one) => isCode(Category, one));
}
