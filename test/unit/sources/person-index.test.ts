import {
  createPersonIndex,
  pseudonymOfPerson,
  type PersonIdentity,
} from "../../../shared/sources/person-index";

const key = { version: 1, secret: Buffer.alloc(32, 1) };
const person = (number: number, bsn: string | null): PersonIdentity => ({
  person_number: `P${number}`,
  bsn,
  case_reference: "CASE-1",
  number,
});
const first = person(1, "999910000");
const unborn = person(2, null);
const pseudonymOfFirst = pseudonymOfPerson(key, first);
const pseudonymOfUnborn = pseudonymOfPerson(key, unborn);

function anIndex(people: PersonIdentity[]) {
  const clock = { now: 0 };
  const load = jest.fn(async () => [...people]);
  return {
    clock,
    load,
    index: createPersonIndex({ key, load, refreshEveryMs: 5_000, now: () => clock.now }),
  };
}

describe("the index of people", () => {
  it("is read once for any number of known people", async () => {
    const { index, load } = anIndex([first, unborn]);
    expect(await index.find([pseudonymOfFirst])).toEqual(new Map([[pseudonymOfFirst, "P1"]]));
    expect(await index.find([pseudonymOfFirst, pseudonymOfUnborn])).toEqual(
      new Map([
        [pseudonymOfFirst, "P1"],
        [pseudonymOfUnborn, "P2"],
      ]),
    );
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("is read again for an unknown person, but not before its time", async () => {
    const { index, load, clock } = anIndex([first]);
    await index.find([pseudonymOfFirst]);
    clock.now = 4_999;
    expect((await index.find(["unknown"])).size).toBe(0);
    expect(load).toHaveBeenCalledTimes(1);
    clock.now = 5_000;
    await index.find(["unknown"]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("finds somebody who came in later", async () => {
    const people = [first];
    const { index, clock } = anIndex(people);
    expect((await index.find([pseudonymOfUnborn])).size).toBe(0);
    people.push(unborn);
    clock.now = 5_000;
    expect((await index.find([pseudonymOfUnborn])).get(pseudonymOfUnborn)).toBe("P2");
  });

  it("is read once for calls at the same time", async () => {
    const { index, load } = anIndex([first]);
    await Promise.all([
      index.find([pseudonymOfFirst]),
      index.find(["unknown"]),
      index.find([pseudonymOfFirst]),
    ]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it("fails with the system, and reads again as soon as the system is back", async () => {
    const { index, load } = anIndex([first]);
    load.mockRejectedValueOnce(new Error("down"));
    await expect(index.find([pseudonymOfFirst])).rejects.toThrow("down");
    expect((await index.find([pseudonymOfFirst])).size).toBe(1);
  });
});
