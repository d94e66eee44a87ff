// The subgraphs of this benchmark, in one process beside the gateways. Argument: `region`, `shop`, or a file with contracts
// and families. Says where each answers when all do. Answers `slow` and `fast`: organisations take their own time from then on, or none.

import { readFileSync } from "node:fs";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";
import { talkToParent } from "../kit/child";
import { contractOf, serveFixed, type FixedContract } from "../kit/fixed-source";
import { delayOf } from "./delays";
import { registerOf } from "./register";
import { shopContracts } from "./shop/subgraphs";
import { familiesOf, type BenchFamily } from "./world";

const { hubSubgraphs: HUB_SUBGRAPHS, organisations: ORGANISATIONS } = loadRegion(DEFAULT_REGION);
/** What no rule names is asked nothing, so it is none of those that take their time. */
const UNASKED = new Set([
  "families",
  ...ORGANISATIONS.flatMap(({ code, kind }) => (kind === "OTHER" ? [code as string] : [])),
]);

function contracts(kind: string | undefined): FixedContract[] {
  if (kind === "shop") return shopContracts();
  if (kind !== "region") return readContracts(kind ?? "");
  const { organisations } = loadRegion(process.env["SCHAKEL_REGION"] ?? "utrecht");
  const families = familiesOf(Number(process.env["BENCH_FAMILIES"]));
  return [
    registerOf(families),
    ...organisations.map(({ code }) => ({ name: code, contract: contractOf(code) })),
  ];
}

/** The register of families and the organisations of a file; the hub's other registers are asked nothing. */
function readContracts(file: string): FixedContract[] {
  const { contracts: given, families } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly contracts: Readonly<Record<string, string>>;
    readonly families: readonly BenchFamily[];
  };
  const organisations = Object.entries(given).filter(([name]) => !HUB_SUBGRAPHS.includes(name));
  return [registerOf(families), ...organisations.map(([name, contract]) => ({ name, contract }))];
}

async function run(kind: string | undefined): Promise<void> {
  const plans = contracts(kind);
  const sources = await Promise.all(plans.map(async (plan) => ({ plan, source: await serveFixed(plan) })));
  const organisations = sources.filter(({ plan }) => !UNASKED.has(plan.name));
  const slow = (): null => {
    for (const [place, { source }] of organisations.entries())
      source.delay(delayOf(place, organisations.length));
    return null;
  };
  const fast = (): null => {
    for (const { source } of organisations) source.delay(0);
    return null;
  };
  talkToParent(
    Object.fromEntries(sources.map(({ plan, source }) => [plan.name, source.url])),
    { slow, fast, asked: () => sources.flatMap(({ source }) => source.takeAsked()) },
    async () => {
      await Promise.all(sources.map(async ({ source }) => source.stop()));
    },
  );
}

void run(process.argv[2]);
