// A hub as it runs: what a view leaves in both records, and that the log can be proved with what organisations keep.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { entriesOf, newTrace } from "../kit/access-log";
import { ask, eventually, PROJECT_ROOT } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { sharedHub } from "../kit/shared-hub";
import { readCopies } from "../../shared/access-log/verify/read-copies";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { familyViewOf } from "../kit/view";

const hub = sharedHub();
const { organisations } = loadRegion(DEFAULT_REGION);
const ORGANISATIONS = organisations.map(({ code }) => code as string).toSorted();
const FAMILY = "OVV-06";
/** A checkpoint is made at least every minute. */
const PATIENCE_MS = 100_000;

const { traceId, headers } = newTrace();
const callerSpan = traceId.slice(0, 16);

beforeAll(async () => {
  await ask(hub, {
    persona: "lokalis.worker",
    purpose: "CARE",
    query: familyViewOf(organisations.map(({ field }) => field)),
    variables: { id: FAMILY },
    headers,
  });
});

interface Line {
  readonly span: string;
  readonly parent: string | null;
  readonly status: number;
  readonly activity: string;
  readonly type: string;
  readonly subject: string | null;
  readonly resource: string;
  readonly took: number;
  readonly whole: string;
}

const linesOf = (trace: string): Promise<Line[]> =>
  asOwner(hub, async (owner) => {
    const { rows } = await owner.query<Line>(
      `select span_id as span, parent_span_id as parent, status_code as status, processing_activity_id as activity,
         p.subject_type as type, k.subject_id as subject, resource, (end_time - start_time)::int as took, p::text as whole
       from access_log.processing p left join access_log.subject_key k on k.id = p.subject_key
       where trace_id = $1 order by position, line`,
      [trace],
    );
    return rows;
  });

describe("the processing record of a view", () => {
  let lines: Line[];
  beforeAll(async () => {
    lines = await linesOf(traceId);
  });

  test("has one line for the request, under the span of the caller", () => {
    const [root, ...others] = lines.filter(({ type }) => type === "NONE");
    expect(others).toEqual([]);
    expect(root).toMatchObject({ parent: callerSpan, resource: "gateway", subject: null });
  });

  test("has one line per member and source, below it, and nobody is left out", async () => {
    const root = lines.find(({ type }) => type === "NONE");
    const children = lines.filter((line) => line !== root);
    expect(new Set(children.map(({ parent }) => parent))).toEqual(new Set([root?.span]));
    expect(new Set(lines.map(({ span }) => span)).size).toBe(lines.length);
    const entries = await entriesOf(hub, "lokalis", traceId, { familyId: FAMILY });
    const members = new Set(
      entries.filter((one) => one.subjectType === "PERSON").map(({ subjectId }) => String(subjectId)),
    );
    expect(members.size).toBeGreaterThan(2);
    for (const source of ORGANISATIONS) {
      const subjects = children
        .filter(({ resource }) => resource === source)
        .map(({ subject }) => String(subject));
      expect([source, subjects.toSorted()]).toEqual([source, [...members].toSorted()]);
    }
  });

  test("says for which activity, in which time and how it ended, and nothing of who asked", () => {
    for (const line of lines) {
      expect(line.activity).toBe("schakel:processing/care/1");
      expect(line.took).toBeGreaterThanOrEqual(0);
      expect([0, 1]).toContain(line.status);
      expect(line.whole).not.toMatch(/lokalis\.worker/);
      expect(line.whole).not.toContain(FAMILY);
    }
    expect(lines.some(({ status }) => status === 1)).toBe(true);
  });
});

test("an entry names the team, and what was relied on", async () => {
  const rows = await asOwner(hub, async (owner) => {
    const found = await owner.query<{ team: string | null; reliedOn: string[]; rules: string[] }>(
      `select team, relied_on as "reliedOn", rules from access_log.entry
       where trace_id = $1 and outcome in ('DELIVERED', 'PARTIAL') and source = any ($2)`,
      [traceId, ORGANISATIONS],
    );
    return found.rows;
  });
  expect(rows.length).toBeGreaterThan(0);
  for (const { team, reliedOn, rules } of rows) {
    expect(team).toBe("overvecht");
    const byConsent = rules.some((rule) => rule.startsWith("consent-"));
    if (!byConsent) expect(reliedOn.filter((one) => one.startsWith("CONSENT"))).toEqual([]);
    for (const one of reliedOn) expect(one).toMatch(/^[A-Z]+:[A-Za-z0-9-]+$/);
  }
});

test("every organisation keeps a checkpoint of it, and the log verifies against what they keep", async () => {
  const position = await asOwner(hub, async (owner) => {
    const { rows } = await owner.query<{ position: number }>(
      "select max(position)::int as position from access_log.entry where trace_id = $1",
      [traceId],
    );
    return rows[0]?.position ?? Infinity;
  });
  const folder = join(hub.folder, "data", "checkpoints");
  await eventually(
    "the checkpoint at every organisation",
    async () => {
      const { copies } = await readCopies(folder);
      const covering = copies.filter(({ checkpoint }) => checkpoint.lastPosition >= position);
      const keepers = new Set(covering.map(({ organisation }) => organisation));
      return keepers.size === ORGANISATIONS.length ? true : undefined;
    },
    PATIENCE_MS,
  );
  const log = (...words: string[]) =>
    spawnSync(
      process.execPath,
      [join(PROJECT_ROOT, "dist/subgraphs/access-log/source/command/main.js"), ...words],
      {
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"],
          SCHAKEL_PORT: String(hub.port),
          SCHAKEL_DATA_DIR: join(hub.folder, "data"),
        },
      },
    );
  const verified = log("verify");
  expect(verified.stdout).toMatch(/The log is whole/);
  expect(verified.stdout).toContain(`${ORGANISATIONS.join(", ")} keep`);
  expect(verified.status).toBe(0);
  const proved = log("prove", String(position));
  expect(proved.stderr).toContain(`signed by the hub, and signed for by ${ORGANISATIONS.join(", ")}`);
  expect(proved.status).toBe(0);
}, 180_000);
