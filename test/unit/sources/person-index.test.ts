import {
  createPersonIndex,
  pseudonymOfPerson,
  type PersonIdentity,
  type PersonIndex,
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

  it("leaves a system that takes long to read alone for twenty times as long", async () => {
    const clock = { now: 0 };
    const load = jest.fn(async () => {
      clock.now += 1_000;
      return [first];
    });
    const index = createPersonIndex({ key, load, refreshEveryMs: 5_000, now: () => clock.now });
    await index.find([pseudonymOfFirst]);
    clock.now = 19_999;
    await index.find(["unknown"]);
    expect(load).toHaveBeenCalledTimes(1);
    clock.now = 20_000;
    await index.find(["unknown"]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("takes people as they come, page by page, and of a reading that breaks off nothing", async () => {
    const clock = { now: 0 };
    let breaks = false;
    async function* pages() {
      yield [first];
      if (breaks) throw new Error("The second page did not come.");
      yield [unborn];
    }
    const load = jest.fn(async () => pages());
    const index = createPersonIndex({ key, load, refreshEveryMs: 0, now: () => clock.now });
    expect((await index.find([pseudonymOfFirst, pseudonymOfUnborn])).size).toBe(2);
    breaks = true;
    // Who is known stays known, whoever else is asked for.
    expect(await index.find([pseudonymOfFirst, "unknown"])).toEqual(
      new Map<string, unknown>([
        [pseudonymOfFirst, "P1"],
        ["unknown", new Error("The second page did not come.")],
      ]),
    );
    await expect(index.renew([pseudonymOfFirst, "unknown"])).rejects.toThrow("did not come");
    expect((await index.find([pseudonymOfFirst, pseudonymOfUnborn])).size).toBe(2);
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

  it("leaves a system that takes long to fail alone, and tells nobody to be unknown meanwhile", async () => {
    const clock = { now: 0 };
    const load = jest.fn(async () => {
      clock.now += 1_000;
      return [first];
    });
    const index = createPersonIndex({ key, load, refreshEveryMs: 5_000, now: () => clock.now });
    const down = new Error("down");
    const fail = async () => {
      clock.now += 1_000;
      throw down;
    };
    load.mockImplementationOnce(fail);
    await expect(index.find([pseudonymOfFirst])).rejects.toBe(down);
    await expect(index.find([pseudonymOfFirst])).rejects.toBe(down);
    expect(load).toHaveBeenCalledTimes(1);
    clock.now += 20_000;
    expect((await index.find([pseudonymOfFirst])).get(pseudonymOfFirst)).toBe("P1");
    expect(load).toHaveBeenCalledTimes(2);

    clock.now += 20_000;
    load.mockImplementationOnce(fail);
    for (let again = 0; again < 3; again += 1) {
      expect(await index.find([pseudonymOfFirst, "unknown"])).toEqual(
        new Map<string, unknown>([
          [pseudonymOfFirst, "P1"],
          ["unknown", down],
        ]),
      );
      await expect(index.renew(["unknown"])).rejects.toBe(down);
    }
    expect(load).toHaveBeenCalledTimes(3);
    clock.now += 20_000;
    expect((await index.find(["unknown"])).size).toBe(0);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it("tries a system of which the reading failed again within a minute, however long that took", async () => {
    const clock = { now: 0 };
    const load = jest.fn(async () => [first]);
    const index = createPersonIndex({ key, load, refreshEveryMs: 5_000, now: () => clock.now });
    load.mockImplementationOnce(async () => {
      clock.now += 20_000;
      throw new Error("down");
    });
    await expect(index.find([pseudonymOfFirst])).rejects.toThrow("down");
    clock.now += 59_999;
    await expect(index.find([pseudonymOfFirst])).rejects.toThrow("down");
    expect(load).toHaveBeenCalledTimes(1);
    clock.now += 1;
    expect((await index.find([pseudonymOfFirst])).size).toBe(1);
  });

  it("fails with the system, and reads again as soon as the system is back", async () => {
    const { index, load } = anIndex([first]);
    load.mockRejectedValueOnce(new Error("down"));
    await expect(index.find([pseudonymOfFirst])).rejects.toThrow("down");
    expect((await index.find([pseudonymOfFirst])).size).toBe(1);
  });
});

describe("while one version of the key replaces another", () => {
  const newer = { version: 2, secret: Buffer.alloc(32, 2) };

  function changing() {
    let valid: readonly [typeof key, ...(typeof key)[]] = [key];
    const load = jest.fn(async () => [first, unborn]);
    const index = createPersonIndex({
      key: { valid: () => valid },
      load,
      refreshEveryMs: 5_000,
      now: () => 0,
    });
    return { index, load, turnTo: (keys: typeof valid) => (valid = keys) };
  }
  const found = async (index: PersonIndex, pseudonym: string) =>
    (await index.find([pseudonym])).get(pseudonym);

  it("knows everybody by both, and by the old one no more once that is gone", async () => {
    const { index, turnTo } = changing();
    const renewed = pseudonymOfPerson(newer, first);
    expect([await found(index, pseudonymOfFirst), await found(index, renewed)]).toEqual(["P1", undefined]);
    turnTo([newer, key]);
    expect([await found(index, pseudonymOfFirst), await found(index, renewed)]).toEqual(["P1", "P1"]);
    turnTo([newer]);
    expect([await found(index, pseudonymOfFirst), await found(index, renewed)]).toEqual([undefined, "P1"]);
  });

  it("renews whom it knows, from either version, and leaves out whom it does not", async () => {
    const { index, turnTo } = changing();
    turnTo([newer, key]);
    const [one, other] = [pseudonymOfPerson(newer, first), pseudonymOfPerson(newer, unborn)];
    expect(await index.renew([pseudonymOfFirst, pseudonymOfUnborn, one, "nobody"])).toEqual({
      version: 2,
      pseudonyms: new Map([
        [pseudonymOfFirst, one],
        [pseudonymOfUnborn, other],
        [one, one],
      ]),
    });
  });

  it("reads the system anew with the new version although one reading was under way with the old", async () => {
    const { index, load, turnTo } = changing();
    const before = index.find([pseudonymOfFirst]);
    turnTo([newer, key]);
    const renewed = pseudonymOfPerson(newer, first);
    expect((await index.find([renewed])).get(renewed)).toBe("P1");
    expect((await before).get(pseudonymOfFirst)).toBe("P1");
    expect(load).toHaveBeenCalledTimes(2);
  });
});
