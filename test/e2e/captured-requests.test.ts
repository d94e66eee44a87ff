// What leaves for a source: no field and no subject that the rules withhold, and nothing that names a person.

import { decodeJwt } from "jose";
import type { Grant } from "../../shared/kernel/requester";
import { askedIn } from "../kit/asked-of-sources";
import { ask } from "../kit/hub";
import { subgraphPortOf } from "../kit/hub-place";
import { startRecordingProxy, type Captured, type RecordingProxy } from "../kit/recording-proxy";
import { startSecondGateway } from "../kit/second-gateway";
import { sharedHub } from "../kit/shared-hub";
import { FAMILY_VIEW, withheldOf, type WithheldLine } from "../kit/view";

const hub = sharedHub();
const ORGANISATIONS = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"] as const;

/** Ids of all subjects that a captured request mentions. */
function subjectsIn({ variables }: Captured): string[] {
  return Object.values(variables).flatMap((value) =>
    Array.isArray(value) ? value.map((one: { id?: string }) => one.id ?? "") : [],
  );
}

function grantIn(body: string): Grant & { readonly aud?: string } {
  const { extensions } = JSON.parse(body) as { extensions: { grant: string } };
  const claims = decodeJwt<{ grant: Grant }>(extensions.grant);
  return { ...claims.grant, aud: String(claims.aud) };
}

describe("requests to the sources", () => {
  const proxies = new Map<string, RecordingProxy>();
  let gateway: { port: number; stop: () => Promise<void> };

  beforeAll(async () => {
    for (const name of ORGANISATIONS) {
      const port = subgraphPortOf(hub, name);
      proxies.set(name, await startRecordingProxy(`http://127.0.0.1:${port}/graphql`));
    }
    gateway = await startSecondGateway(
      hub,
      Object.fromEntries([...proxies].map(([name, { url }]) => [name, url])),
    );
  });
  afterAll(async () => {
    await gateway.stop();
    await Promise.all([...proxies.values()].map(async (proxy) => proxy.stop()));
  });
  const captured = (name: string): Captured[] => proxies.get(name)?.captured ?? [];

  describe.each([
    ["lokalis.worker", "CARE", "OVV-06"],
    ["lokalis.worker", "CARE", "OVV-11"],
    ["lokalis.worker", "CARE", "OVV-10"],
    ["veilig-thuis.assessor", "SAFETY_ASSESSMENT", "OVV-06"],
    ["rvdk.investigator", "INVESTIGATION", "OVV-06"],
    ["rvdk.investigator", "INVESTIGATION", "OVV-02"],
    ["save.guardian", "MEASURE_EXECUTION", "OVV-07"],
    ["wss.guardian", "MEASURE_EXECUTION", "OVV-08"],
    ["save.voluntary", "CARE", "OVV-10"],
  ] as const)("%s for %s about %s", (persona, purpose, id) => {
    let withheld: WithheldLine[] = [];
    beforeAll(async () => {
      for (const proxy of proxies.values()) proxy.captured.length = 0;
      const answer = await ask(
        hub,
        { persona, purpose, query: FAMILY_VIEW, variables: { id } },
        gateway.port,
      );
      expect(answer.body.errors).toBeUndefined();
      expect(answer.body.extensions?.["unavailable"]).toEqual([]);
      withheld = withheldOf(answer);
    });

    test.each(ORGANISATIONS)("nothing that the hub withholds is asked of %s", (organisation) => {
      const forbidden = new Set(
        withheld
          // What the source itself refused, the hub permitted, so it was asked.
          .filter((line) => line.organisation === organisation && line.rule !== "refused-by-source")
          .map((line) => `${line.subject.id} ${line.category}`),
      );
      const asked = captured(organisation).flatMap(askedIn);
      expect(asked.filter(({ subject, category }) => forbidden.has(`${subject} ${category}`))).toEqual([]);
    });

    test.each(ORGANISATIONS)(
      "the grant for %s covers exactly what is asked, for that source alone",
      (organisation) => {
        for (const request of captured(organisation)) {
          const grant = grantIn(request.body);
          expect(grant.aud).toBe(organisation);
          expect(grant.purpose).toBe(purpose);
          const granted = new Map(grant.subjects.map((one) => [one.id, one.categories as readonly string[]]));
          expect(new Set(subjectsIn(request))).toEqual(new Set(granted.keys()));
          for (const { subject, category } of askedIn(request))
            expect(granted.get(subject)).toContain(category);
        }
      },
    );
  });

  test("an organisation that does not know the family is not asked about it", async () => {
    for (const proxy of proxies.values()) proxy.captured.length = 0;
    await ask(
      hub,
      { persona: "lokalis.worker", purpose: "CARE", query: FAMILY_VIEW, variables: { id: "OVV-11" } },
      gateway.port,
    );
    for (const name of ["veilig-thuis", "rvdk", "wss"]) expect(captured(name)).toEqual([]);
    expect(captured("save").length).toBeGreaterThan(0);
  });

  test("a caseload costs each source one request, for households and members together", async () => {
    for (const proxy of proxies.values()) proxy.captured.length = 0;
    const answer = await ask(
      hub,
      {
        persona: "lokalis.worker",
        purpose: "CARE",
        query: `{ caseload(first: 100) { totalCount edges { node { id
          lokalis { involvement { since } carePlan { summary } }
          save { involvement { since } carePlan { summary } }
          members { id lokalis { goals { text } } save { goals { text } } } } } } }`,
      },
      gateway.port,
    );
    expect(answer.body.data).toMatchObject({ caseload: { totalCount: 11 } });
    expect(captured("lokalis")).toHaveLength(1);
    expect(captured("save").length).toBeLessThanOrEqual(1);
  });

  test("what only a fragment on an interface, an alias or a type name asks is treated the same", async () => {
    for (const proxy of proxies.values()) proxy.captured.length = 0;
    const answer = await ask(
      hub,
      {
        persona: "rvdk.investigator",
        purpose: "INVESTIGATION",
        query: `query ($no: Boolean = false) { family(id: "OVV-06") {
          veiligThuis { __typename ...Sealed a: concernReports { totalCount } ... on VeiligThuisFamilyDossier { b: reporters { name } } }
          wss { c: criminalRecords @include(if: $no) { summary } d: __typename }
        } }
        fragment Sealed on FamilyDossier { reporters { name phone } }`,
      },
      gateway.port,
    );
    expect(answer.body.data?.["family"]).toEqual({
      veiligThuis: { __typename: "VeiligThuisFamilyDossier", reporters: null, a: null, b: null },
      wss: { d: "WssFamilyDossier" },
    });
    expect(withheldOf(answer).map((line) => line.path.join("."))).toEqual([
      "family.veiligThuis.reporters",
      "family.veiligThuis.a",
      "family.veiligThuis.b",
    ]);
    expect(captured("veilig-thuis")).toEqual([]);
  });
});
