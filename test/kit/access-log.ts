// The access log through the door, and trace ids to find one's own request in it.

import { randomBytes } from "node:crypto";
import { ask, type HubPlace } from "./hub";

/** An entry as a privacy officer sees it. */
export interface SeenEntry {
  readonly id: string;
  readonly recordedAt: string;
  readonly traceId: string;
  readonly act: string;
  readonly outcome: string;
  readonly operation: string;
  readonly worker: string | null;
  readonly organisation: string | null;
  readonly workerFunction: string | null;
  readonly purpose: string | null;
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly familyId: string | null;
  readonly source: string | null;
  readonly categoriesDelivered: readonly string[];
  readonly categoriesWithheld: readonly string[];
  readonly rules: readonly string[];
  readonly policySet: string | null;
  readonly errorCode: string | null;
  readonly origin: string | null;
}

const READ_LOG = `
  query ($filter: AccessLogFilter, $after: String) { accessLog(filter: $filter, first: 100, after: $after) {
    edges { node { id recordedAt traceId act outcome operation worker organisation workerFunction purpose subjectType
      subjectId familyId source categoriesDelivered categoriesWithheld rules policySet errorCode origin } }
    pageInfo { hasNextPage endCursor } } }
`;

interface Page {
  readonly edges: readonly { readonly node: SeenEntry }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A request of one's own: its trace id, and the header that gives it to the hub. */
export function newTrace(): { readonly traceId: string; readonly headers: Record<string, string> } {
  const traceId = randomBytes(16).toString("hex");
  return { traceId, headers: { traceparent: `00-${traceId}-${traceId.slice(0, 16)}-01` } };
}

/** All entries under a filter that the privacy officer of an organisation sees, newest first. */
export async function readLog(
  place: HubPlace,
  organisation: string,
  filter: Readonly<Record<string, unknown>> = {},
): Promise<SeenEntry[]> {
  const found: SeenEntry[] = [];
  for (let after: string | null = null; ;) {
    const answer = await ask(place, {
      persona: `${organisation}.privacy-officer`,
      purpose: "OVERSIGHT",
      query: READ_LOG,
      variables: { filter, after },
    });
    const page = answer.body.data?.["accessLog"] as Page | null | undefined;
    if (!page) throw new Error(`The log was not given: ${JSON.stringify(answer.body.errors)}`);
    found.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

/** The entries of one request. */
export async function entriesOf(
  place: HubPlace,
  organisation: string,
  traceId: string,
  filter: Readonly<Record<string, unknown>> = {},
): Promise<SeenEntry[]> {
  return (await readLog(place, organisation, filter)).filter((one) => one.traceId === traceId);
}
