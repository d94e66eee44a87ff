// Children whom the hub does not know, at sources that do, behind a gateway beside that of a hub; and asking about them.

import { randomUUID } from "node:crypto";
import { definition as lokalisDefinition } from "../../subgraphs/lokalis/schema";
import { definition as rvdkDefinition } from "../../subgraphs/rvdk/schema";
import { definition as veiligThuisDefinition } from "../../subgraphs/veilig-thuis/schema";
import { numbersKnownTo, unknownNumbers } from "./demo-numbers";
import { startFakeSource, type FakeSource } from "./fake-source";
import { forgetOpenedCases } from "./forget-opened-cases";
import { asOwner } from "./hub-database";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { ask, type Answer, type Ask, type HubPlace } from "./hub";
import { startKnowingSource, type KnowingSource } from "./knowing-source";
import { startSecondGateway } from "./second-gateway";
import { startSecondRegister } from "./second-register";
import { askTraced } from "./traced";
import { at } from "./view";

export const ASSESSOR = { persona: "veilig-thuis.assessor", purpose: "SAFETY_ASSESSMENT" };
const { organisations } = loadRegion(DEFAULT_REGION);
/** Every organisation that rules name but the one that asks. */
export const NOT_KNOWN: Readonly<Record<string, string>> = Object.fromEntries(
  organisations
    .filter(({ code, kind }) => (code as string) !== "veilig-thuis" && kind !== "OTHER")
    .map(({ code }) => [code, "NOT_KNOWN"]),
);

const taken = organisations.flatMap(({ code }) => [...numbersKnownTo(code).values()].flat());
const [KNOWN = "", ALONE = "", SHIELDED = "", OF_NOBODY = "", TAKEN_IN = "", PARENT = ""] = unknownNumbers(
  6,
  new Set(taken),
);
/**
 * Numbers that nobody in the demo has. All but OF_NOBODY are of children with a case at Veilig Thuis (VT-9000 and on);
 * Lokalis knows KNOWN (LOK-9001), and SHIELDED, which it may not say.
 */
export const CHILDREN = { KNOWN, ALONE, SHIELDED, TAKEN_IN, OF_NOBODY };
/** The number of a parent in the case of TAKEN_IN. */
export const A_PARENT = PARENT;
const BIRTH_DATE = "2018-03-04";

const OPEN = `mutation ($input: OpenCaseInput!) { openCase(input: $input) { familyId personId organisation caseReference beganOn } }`;
const CHECK = `mutation ($input: CheckKnownHereInput!) { checkKnownHere(input: $input) {
  id familyId personId reason askedOn dueOn organisations { organisation outcome } explanation { nl en } } }`;

type Who = Omit<Ask, "query">;

/** Who the family and the child of a case are in the hub. */
export interface OpenedIds {
  readonly familyId: string;
  readonly personId: string;
}

export const openingOf = (bsn: string, birthDate = BIRTH_DATE) => ({
  bsn,
  birthDate,
  idempotencyKey: randomUUID(),
});
export const checkOf = (bsn: string, reason = "NEW_REPORT") => ({
  bsn,
  reason,
  idempotencyKey: randomUUID(),
});

/** Organisation -> how a check ended there. */
export const outcomesOf = (answer: Answer): Record<string, string> =>
  Object.fromEntries(
    (at(answer, ["checkKnownHere", "organisations"]) as { organisation: string; outcome: string }[]).map(
      ({ organisation, outcome }) => [organisation, outcome],
    ),
  );

export const codesOf = ({ body }: Answer): unknown[] =>
  (body.errors ?? []).map(({ extensions }) => extensions["code"]);

/** An answer without what differs from request to request. */
export function bodyOf({ status, body }: Answer): unknown {
  const { traceId: _traceId, ...extensions } = body.extensions ?? {};
  return { status, ...body, extensions };
}

/** The sources and the gateway of a test file, once they run. */
export class KnowingRegion {
  lokalis!: KnowingSource;
  rvdk!: KnowingSource;
  veiligThuis!: KnowingSource;
  /** SAVE and WSS. */
  agencies!: FakeSource;
  gatewayPort = 0;
  readonly #hub: HubPlace;

  constructor(hub: HubPlace) {
    this.#hub = hub;
  }

  asks(who: Who, query: string, input: object): Promise<Answer> {
    return ask(this.#hub, { ...who, query, variables: { input } }, this.gatewayPort);
  }

  open(who: Who, input: object): Promise<Answer> {
    return this.asks(who, OPEN, input);
  }

  check(bsn: string, who: Who = ASSESSOR): Promise<Answer> {
    return this.asks(who, CHECK, checkOf(bsn));
  }

  openTraced(input: object): ReturnType<typeof askTraced> {
    return askTraced(this.#hub, { ...ASSESSOR, query: OPEN, variables: { input } }, this.gatewayPort);
  }

  checkTraced(input: object): ReturnType<typeof askTraced> {
    return askTraced(this.#hub, { ...ASSESSOR, query: CHECK, variables: { input } }, this.gatewayPort);
  }

  checkAgain(input: object): Promise<Answer> {
    return this.asks(ASSESSOR, CHECK, input);
  }

  /** Opens a case, and the assessment of the report that it begins with. */
  async opened(bsn: string): Promise<OpenedIds> {
    const answer = await this.open(ASSESSOR, openingOf(bsn));
    const { familyId, personId } = at(answer, ["openCase"]) as OpenedIds;
    const assessment = await this.asks(
      ASSESSOR,
      "mutation ($input: OpenInvestigationInput!) { openInvestigation(input: $input) { id } }",
      { familyId, kind: "ASSESSMENT", idempotencyKey: randomUUID() },
    );
    if (codesOf(assessment).length > 0) throw new Error("The assessment could not be opened.");
    return { familyId, personId };
  }

  /** How often each was asked since `nobodyAsked`. */
  get asked(): Readonly<Record<"lokalis" | "rvdk" | "agencies", number>> {
    const { lokalis, rvdk, agencies } = this;
    return { lokalis: lokalis.asked.length, rvdk: rvdk.asked.length, agencies: agencies.asked.length };
  }

  nobodyAsked(): void {
    for (const source of [this.lokalis, this.rvdk]) source.asked.length = 0;
    this.agencies.answerWith(() => ({}));
  }
}

/** Call it at the top of a test file. */
export function withKnowingRegion(hub: HubPlace): KnowingRegion {
  const region = new KnowingRegion(hub);
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    region.lokalis = await startKnowingSource(hub, lokalisDefinition, [
      { bsn: KNOWN, caseReference: "LOK-9001" },
      { bsn: SHIELDED, caseReference: "LOK-9003", shielded: true },
    ]);
    region.rvdk = await startKnowingSource(hub, rvdkDefinition, []);
    region.veiligThuis = await startKnowingSource(hub, veiligThuisDefinition, [
      ...[KNOWN, ALONE, SHIELDED, TAKEN_IN].map((bsn, index) => ({
        bsn,
        caseReference: `VT-900${index}`,
        birthDate: BIRTH_DATE,
        roleCode: "301",
      })),
      { bsn: PARENT, caseReference: "VT-9003", birthDate: "1985-01-31", roleCode: "112" },
    ]);
    region.agencies = await startFakeSource();
    const { lokalis, rvdk, veiligThuis, agencies } = region;
    for (const source of [lokalis, rvdk, veiligThuis, agencies]) stops.push(async () => source.stop());
    const register = await startSecondRegister(hub, { SCHAKEL_SEARCHES_PER_WORKER: "1000000" });
    stops.push(async () => register.stop());
    const gateway = await startSecondGateway(hub, {
      families: register.url,
      lokalis: lokalis.url,
      rvdk: rvdk.url,
      "veilig-thuis": veiligThuis.url,
      save: agencies.url,
      wss: agencies.url,
    });
    stops.push(async () => gateway.stop());
    region.gatewayPort = gateway.port;
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
    await forgetOpenedCases(hub);
    // Searches of these tests count for everybody's hour.
    await asOwner(hub, async (owner) => owner.query("delete from hub.search_limit"));
  });
  return region;
}
