// What is kept is read again when it is old, by one at a time, and what cannot be read again goes on.

import { keepFresh } from "../../../shared/kernel/fresh";

function aFile() {
  const state = { moment: 0, reads: 0, content: "first", fails: false, errors: 0 };
  const open = () =>
    keepFresh({
      read: async () => {
        state.reads += 1;
        if (state.fails) throw new Error("away");
        return state.content;
      },
      maxAgeMs: 100,
      minAgeMs: 10,
      onError: () => {
        state.errors += 1;
      },
      now: () => state.moment,
    });
  return { state, open };
}

test("is read again once it is older than it may be", async () => {
  const { state, open } = aFile();
  const file = await open();
  state.content = "second";
  state.moment = 99;
  expect(await file.get()).toBe("first");
  state.moment = 100;
  expect(await Promise.all([file.get(), file.get(), file.get()])).toEqual(["second", "second", "second"]);
  expect(state.reads).toBe(2);
});

test("is read sooner for who misses something, and no more often than the bound", async () => {
  const { state, open } = aFile();
  const file = await open();
  state.content = "second";
  state.moment = 9;
  expect(await file.renew()).toBe("first");
  state.moment = 10;
  expect(await file.renew()).toBe("second");
  for (let again = 0; again < 50; again++) await file.renew();
  expect(state.reads).toBe(2);
});

test("goes on as it was when it cannot be read, and says so each time", async () => {
  const { state, open } = aFile();
  const file = await open();
  state.fails = true;
  state.moment = 100;
  expect(await file.get()).toBe("first");
  state.moment = 200;
  expect(await file.get()).toBe("first");
  expect(state.errors).toBe(2);
  state.fails = false;
  state.content = "second";
  state.moment = 300;
  expect(await file.get()).toBe("second");
});

test("is not there when it could not be read at first", async () => {
  const { state, open } = aFile();
  state.fails = true;
  await expect(open()).rejects.toThrow("away");
});
