// The requester's own system, about somebody whose case is opened: it tells the birth date, as no other is asked to.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { askAround } from "../../../gateway/federate/ask-around";
import { NO_MAINTENANCE } from "../../../gateway/federate/maintenance";
import { holdersOf } from "../../../gateway/federate/region-parts";
import { RequestState } from "../../../gateway/federate/request-state";
import { indexSchema } from "../../../gateway/federate/schema-index";
import type { SubgraphRequest } from "../../../gateway/federate/subgraph-client";
import { loadDecider } from "../../../gateway/policy-files";
import { NOTHING_BEFORE } from "../../../shared/database/requester-records";
import { toTraceId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import { aRequester, TODAY } from "../../kit/family-records";
import { UTRECHT } from "../../kit/requesters";

const decider = loadDecider();
const index = indexSchema(
  readFileSync(join(__dirname, "../../../shared/region/regions/utrecht/supergraph.graphql"), "utf8"),
);
const log = createLogger("test", "silent");

const subject = { personId: "P-1" };
async function askOwn(beside: object) {
  const state = new RequestState(
    {
      requester: aRequester("lokalis", "WORKER"),
      purpose: "CARE",
      traceId: toTraceId("0".repeat(31) + "1"),
      origin: "-",
      today: TODAY,
    },
    {
      loadRecords: async () => [],
      loadRequester: async () => NOTHING_BEFORE,
      loadTeams: async () => [],
      decider,
      holders: holdersOf(UTRECHT),
    },
  );
  const asked: SubgraphRequest[] = [];
  const client = {
    ask: async (_source: string, what: SubgraphRequest) => {
      asked.push(what);
      const type = index.fields.get("Person")?.get("lokalis")?.type ?? "";
      const cases = [{ id: "P-1", caseReference: "CASE-1", ...beside }];
      return {
        ok: true as const,
        data: { _entities: [{ lokalis: { __typename: type } }] },
        errors: [],
        extensions: { cases },
      };
    },
    close: async () => undefined,
  };
  const question = { subject, people: [{ organisation: "lokalis", key: "key-of-lokalis" }] };
  const answered = await askAround(
    { source: "families", index, client, inMaintenance: NO_MAINTENANCE, log },
    state,
    question,
    { by: "OWN", operation: "openCase" },
  );
  const [access] = state.ledger.accesses;
  return { asked, answered, delivered: [...(access?.delivered ?? [])].toSorted() };
}
const OWN = { organisation: "lokalis", outcome: "KNOWN", rule: "", caseReference: "CASE-1" };

test("is asked for the birth date too, and that it told it is on record", async () => {
  const { asked, answered, delivered } = await askOwn({ birthDate: "2018-01-01", child: true });
  expect(asked.map(({ grant }) => grant.subjects)).toEqual([
    [
      {
        type: "Person",
        id: "P-1",
        key: "key-of-lokalis",
        categories: ["INVOLVEMENT"],
        withCase: true,
        withBirthDate: true,
      },
    ],
  ]);
  expect(answered).toEqual({ subject, answers: [{ ...OWN, birthDate: "2018-01-01", child: true }] });
  expect(delivered).toEqual(["HOUSEHOLD", "IDENTITY", "INVOLVEMENT"]);
});

test("may have none of it", async () => {
  const { answered, delivered } = await askOwn({});
  expect(answered).toEqual({ subject, answers: [OWN] });
  expect(delivered).toEqual(["INVOLVEMENT"]);
});

test.each([[{ birthDate: "31-01-2018" }], [{ birthDate: "2018-02-30" }], [{ child: "no" }]])(
  "has answered nothing when what it says is not to be read",
  async (beside) => {
    const { answered } = await askOwn(beside);
    expect(answered).toEqual({
      subject,
      answers: [{ organisation: "lokalis", outcome: "UNAVAILABLE", rule: "" }],
    });
  },
);
