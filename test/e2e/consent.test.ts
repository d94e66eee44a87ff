// What the family decides, and what the court decides, holds from the next request on, at every gateway.

import { randomUUID } from "node:crypto";
import { ask, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { startSecondGateway } from "../kit/second-gateway";
import { sharedHub } from "../kit/shared-hub";
import { at, withheldOf } from "../kit/view";

const hub = sharedHub();
const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });
/** A day that many days from now; not today, so that midnight may pass during a test. */
const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);

/** Rows that these tests added, taken out again: other files count on what the demo has. */
const began = new Date();
afterAll(async () => {
  await asOwner(hub, async (owner) => {
    await owner.query("delete from hub.consent where recorded_at >= $1", [began]);
    await owner.query("delete from hub.measure where recorded_at >= $1", [began]);
  });
});

let second: { port: number; stop: () => Promise<void> };
beforeAll(async () => {
  second = await startSecondGateway(hub);
});
afterAll(async () => {
  await second.stop();
});

/** Runs a mutation with one input object and gives what it answers. */
async function change(
  persona: string,
  purpose: string,
  mutation: string,
  parts: string,
  input: object,
): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return ask(hub, {
    persona,
    purpose,
    query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${parts} } }`,
    variables: { input: { ...key(), ...input } },
  });
}

/** What a mutation made or changed; fails with the errors when there is nothing. */
function changedIn(answer: Answer, mutation: string): { id: string } {
  const found = answer.body.data?.[mutation] as { id: string } | null | undefined;
  if (!found) throw new Error(`Nothing changed: ${JSON.stringify(answer.body.errors)}`);
  return found;
}

/** What a member's field is at an organisation: DATA, or the outcome and rule that withhold it; at both gateways. */
async function seen(
  who: { persona: string; purpose: string; familyId: string; personId: string },
  organisation: string,
  field: string,
): Promise<string[]> {
  return Promise.all(
    [hub.port, second.port].map(async (port) => {
      const answer = await ask(
        hub,
        {
          persona: who.persona,
          purpose: who.purpose,
          query: `query ($id: ID!) { family(id: $id) { members { id ${organisation} { ${field} } } } }`,
          variables: { id: who.familyId },
        },
        port,
      );
      const members = at(answer, ["family", "members"]) as { id: string }[];
      const index = members.findIndex(({ id }) => id === who.personId);
      const name = field.split(" ")[0] ?? "";
      const value = at(answer, ["family", "members", index, organisation, name]);
      const path = `family.members.${index}.${organisation}.${name}`;
      const line = withheldOf(answer).find((one) => one.path.join(".") === path);
      if (value !== null && value !== undefined) return line ? "DATA AND WITHHELD" : "DATA";
      return line ? `${line.outcome} ${line.rule}` : "NULL";
    }),
  );
}

const both = (one: string): string[] => [one, one];

describe("consent of a mother for her child (OVV-02)", () => {
  const worker = { persona: "lokalis.worker", purpose: "CARE", familyId: "OVV-02", personId: "OVV-02-3" };
  const consent = {
    personId: "OVV-02-3",
    givenBy: "OVV-02-1",
    holder: "wss",
    recipient: "lokalis",
    categories: ["CARE_PLAN"],
    purpose: "CARE",
    decision: "GIVEN",
    how: "SPOKEN",
  };
  const goals = async (): Promise<string[]> => seen(worker, "wss", "goals { text }");
  const record = async (input: object): Promise<{ id: string }> => {
    const answer = await change("lokalis.worker", "CARE", "recordConsent", "id decision withdrawnAt", input);
    return changedIn(answer, "recordConsent");
  };
  const withdraw = async (consentId: string, persona = "lokalis.worker"): Promise<Answer> =>
    change(persona, persona === "lokalis.worker" ? "CARE" : "REFERRAL", "withdrawConsent", "id withdrawnAt", {
      consentId,
    });

  test("opens a category from the next request on, and withdrawing it closes it from the next request on", async () => {
    expect(await goals()).toEqual(both("DENY consent-not-asked"));
    for (let round = 0; round < 5; round += 1) {
      const { id } = await record(consent);
      expect(await goals()).toEqual(both("DATA"));
      const answer = await withdraw(id);
      expect(answer.body.data?.["withdrawConsent"]).toMatchObject({ id, withdrawnAt: expect.any(String) });
      expect(await goals()).toEqual(both(expect.stringMatching(/^DENY /)));
    }
  });

  test("opens that category only, at that organisation only", async () => {
    const { id } = await record(consent);
    expect(await goals()).toEqual(both("DATA"));
    expect(await seen(worker, "wss", "education { school }")).toEqual(both("DENY consent-not-asked"));
    expect(await seen(worker, "rvdk", "goals { text }")).toEqual(both(expect.stringMatching(/^DENY /)));
    expect(await seen({ ...worker, personId: "OVV-02-4" }, "wss", "goals { text }")).toEqual(
      both("DENY consent-not-asked"),
    );
    await withdraw(id);
  });

  test("a refusal that comes after it closes it again", async () => {
    const { id } = await record(consent);
    expect(await goals()).toEqual(both("DATA"));
    const refusal = await record({ ...consent, decision: "REFUSED" });
    expect(await goals()).toEqual(both("DENY consent-refused"));
    await withdraw(refusal.id);
    await withdraw(id);
  });

  test("recorded twice under one key is recorded once", async () => {
    const input = { ...consent, ...key() };
    const [one, other] = await Promise.all([record(input), record(input)]);
    expect(one.id).toBe(other.id);
    await withdraw(one.id);
    await withdraw(one.id);
    expect(await goals()).toEqual(both(expect.stringMatching(/^DENY /)));
  });

  test("cannot be withdrawn by a worker of an organisation that it does not concern, nor found", async () => {
    const { id } = await record(consent);
    const others = await withdraw(id, "rvdk.investigator");
    const unknown = await withdraw(randomUUID(), "rvdk.investigator");
    expect(codesOf(others)).toEqual(["CONSENT_NOT_FOUND"]);
    expect(others.body.errors).toEqual(unknown.body.errors);
    expect(await goals()).toEqual(both("DATA"));
    await withdraw(id);
  });

  test("about somebody of another family is refused as about nobody", async () => {
    const [others, unknown] = await Promise.all(
      ["OVV-15-3", "OVV-99-3"].map(async (personId) =>
        change("lokalis.worker", "CARE", "recordConsent", "id", { ...consent, personId }),
      ),
    );
    expect(codesOf(others as Answer)).toEqual(["FAMILY_NOT_FOUND"]);
    expect(others?.body.errors).toEqual(unknown?.body.errors);
  });
});

describe("a measure over a child (OVV-08)", () => {
  const guardian = {
    persona: "wss.guardian",
    purpose: "MEASURE_EXECUTION",
    familyId: "OVV-08",
    personId: "OVV-08-4",
  };
  const school = async (): Promise<string[]> => seen(guardian, "lokalis", "education { school }");

  test("opens what its execution needs from the next request on, and closes it from the moment it is ended", async () => {
    const before = await school();
    expect(before).toEqual(both(expect.stringMatching(/^HOLD /)));
    const recorded = await change("wss.guardian", "MEASURE_EXECUTION", "recordMeasure", "id kind endedOn", {
      personId: "OVV-08-4",
      kind: "OTS",
      number: "C/16/990899",
      startsOn: dayIn(-2),
      endsOn: dayIn(200),
    });
    const { id: measureId } = changedIn(recorded, "recordMeasure");
    expect(await school()).toEqual(both("DATA"));
    const ended = await change("wss.guardian", "MEASURE_EXECUTION", "endMeasure", "id endedOn", {
      measureId,
      endedOn: dayIn(-1),
    });
    expect(ended.body.data?.["endMeasure"]).toEqual({ id: measureId, endedOn: expect.any(String) });
    expect(await school()).toEqual(before);
  });

  test("is recorded and ended by guardians only", async () => {
    const answer = await change("lokalis.worker", "CARE", "recordMeasure", "id", {
      personId: "OVV-08-4",
      kind: "OTS",
      number: "C/16/990899",
      startsOn: dayIn(-2),
      endsOn: dayIn(200),
    });
    expect(codesOf(answer)).toEqual(["ACCESS_DENIED"]);
    expect(await school()).toEqual(both(expect.stringMatching(/^HOLD /)));
  });
});
