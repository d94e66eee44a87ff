// Loaded before a process under test (`--import`): its clock is off by TEST_CLOCK_SHIFT_MS milliseconds.

const shiftMs = Number(process.env["TEST_CLOCK_SHIFT_MS"]);
if (!Number.isInteger(shiftMs)) throw new Error("TEST_CLOCK_SHIFT_MS is to be a number of milliseconds.");

const now = Date.now.bind(Date);
const shifted = (): number => now() + shiftMs;

globalThis.Date = new Proxy(Date, {
  apply: () => new Date().toString(),
  construct: (real, given: unknown[], target): object =>
    Reflect.construct(real, given.length === 0 ? [shifted()] : given, target) as object,
  get: (real, name, self): unknown => (name === "now" ? shifted : Reflect.get(real, name, self)),
});
