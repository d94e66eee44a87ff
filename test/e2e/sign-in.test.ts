// Signing in and out of a running hub, in a real browser with the keyboard alone, and by a script.

import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { hasBrowser, startBrowser } from "../kit/browser";
import { post, type Answer } from "../kit/hub";
import { actsNamed, seeKeptOut } from "../kit/kept-out";
import { startSecondGateway } from "../kit/second-gateway";
import { portOf } from "../kit/hub-place";
import { sharedHub } from "../kit/shared-hub";
import { addressOf, startCommand } from "../kit/sign-in-command";
import { makeTestFolder } from "../kit/test-folders";

const PASSWORD = "overvecht-demo";
const hub = sharedHub();
let folder: string;

beforeEach(() => {
  folder = makeTestFolder();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = async (command: "sign-in" | "sign-out", ...args: readonly string[]) =>
  startCommand(hub, folder, command, ...args).ended;

/** Who the hub takes the bearer of a token for. */
const askWho = async (token: string, port: number = hub.port): Promise<Answer> =>
  post(port, JSON.stringify({ query: "{ me { organisation { code } } }" }), {
    authorization: `Bearer ${token}`,
    purpose: "CARE",
  });

/** The code of the error with which the hub refuses. */
const codeOf = ({ body }: Answer): unknown => body.errors?.[0]?.extensions["code"];

/** Presses Tab until the field with this id has the keyboard; as far as a person would go before giving up. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    if (await page.evaluate(`document.activeElement?.id === ${JSON.stringify(id)}`)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not come to ${id}.`);
}

/** Fills in the first form with the keyboard; the first persona has it first, the arrow goes to the next. */
async function typePassword(page: Page, password: string): Promise<void> {
  await tabTo(page, "lokalis.worker");
  await page.keyboard.press("Space");
  await tabTo(page, "password");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

/** Types the code that the second step shows, or another. */
async function typeCode(page: Page, change = (code: string): string => code): Promise<void> {
  const shown = (await page.locator("#demo-code").textContent()) ?? "";
  await tabTo(page, "code");
  await page.keyboard.type(change(shown));
  await page.keyboard.press("Enter");
}

(hasBrowser() || process.env["CI"] ? describe : describe.skip)("in a browser", () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
  });

  afterEach(async () => {
    await context.close();
  });

  afterAll(async () => {
    await browser.close();
  });

  test("a worker signs in with the keyboard alone, and the hub answers the token", async () => {
    const command = startCommand(hub, folder, "sign-in", "lokalis", "--second-factor");
    await page.goto(await addressOf(command));
    await typePassword(page, PASSWORD);
    await typeCode(page);
    const { code, stdout } = await command.ended;
    expect(code).toBe(0);
    expect(await page.locator("h1").textContent()).toContain("U kunt dit venster sluiten.");
    expect(await askWho(stdout)).toMatchObject({
      status: 200,
      body: { data: { me: { organisation: { code: "lokalis" } } } },
    });
  });

  test("a wrong password and a wrong code are said aloud, and the keyboard is where to try again", async () => {
    const command = startCommand(hub, folder, "sign-in", "lokalis", "--second-factor");
    await page.goto(await addressOf(command));
    await typePassword(page, "something else");
    await page.getByRole("alert").waitFor();
    expect(await page.title()).toMatch(/^Fout: /);
    expect(await page.evaluate("document.activeElement?.id")).toBe("password");
    await typePassword(page, PASSWORD);
    await typeCode(page, (shown) => (shown === "000000" ? "000001" : "000000"));
    await page.getByRole("alert").waitFor();
    expect(await page.evaluate("document.activeElement?.id")).toBe("code");
    await typeCode(page);
    expect(await command.ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^[\w.-]+$/) as unknown,
    });
  });

  test("every control has a name that is read out, in the language that it is in", async () => {
    const command = startCommand(hub, folder, "sign-in", "lokalis");
    await page.goto(await addressOf(command));
    expect(await page.locator("html").getAttribute("lang")).toBe("nl");
    await page.getByRole("group", { name: /Wie bent u\?/ }).waitFor();
    await page.getByRole("radio", { name: /^lokalis\.worker / }).waitFor();
    await page.getByLabel(/^Wachtwoord/).waitFor();
    expect(await page.locator('[lang="en"]').count()).toBeGreaterThan(5);
    await page.getByRole("button", { name: /^Stoppen/ }).click();
    expect(await command.ended).toMatchObject({
      code: 1,
      stdout: "",
      said: expect.stringContaining("stopped") as unknown,
    });
  });

  test("somebody else signs in after the first one in the same browser, and then out", async () => {
    const first = startCommand(hub, folder, "sign-in", "save");
    await page.goto(await addressOf(first));
    const as = async (persona: string): Promise<void> => {
      await page.getByRole("radio", { name: persona }).check();
      await page.getByLabel(/^Wachtwoord/).fill(PASSWORD);
      await page.getByRole("button", { name: /^Inloggen/ }).click();
    };
    await page.getByRole("checkbox").check();
    await as("save.voluntary");
    const { stdout: before } = await first.ended;
    expect(await askWho(before)).toMatchObject({ status: 200 });

    const second = startCommand(hub, folder, "sign-in", "save", "--second-factor");
    await page.goto(await addressOf(second));
    await as("save.duo-member");
    await typeCode(page);
    const { stdout: after } = await second.ended;
    expect(await askWho(after)).toMatchObject({ status: 200 });
    expect(codeOf(await askWho(before))).toBe("SESSION_ENDED");

    await page.goto(`http://127.0.0.1:${portOf(hub, "issuer")}/issuers/save/sign-out`);
    await page.getByRole("button", { name: /^Uitloggen/ }).click();
    await page.getByRole("heading", { name: /^U bent uitgelogd/ }).waitFor();
    expect(codeOf(await askWho(after))).toBe("SESSION_ENDED");
    const third = startCommand(hub, folder, "sign-in", "save");
    await page.goto(await addressOf(third));
    await page.getByLabel(/^Wachtwoord/).waitFor();
    await page.getByRole("button", { name: /^Stoppen/ }).click();
    expect((await third.ended).code).toBe(1);
  });
});

describe("signing out", () => {
  test("ends every token of the session, at the next question", async () => {
    const { stdout: first } = await run("sign-in", "--script", "save.voluntary");
    const { stdout: second } = await run("sign-in", "--renew");
    const { stdout: other } = await run("sign-in", "--script", "lokalis.worker");
    expect(
      (await Promise.all([first, second, other].map(async (token) => askWho(token)))).map(
        ({ status }) => status,
      ),
    ).toEqual([200, 200, 200]);
    expect(await run("sign-out", "save")).toMatchObject({ code: 0, stdout: "Signed out of save.", said: "" });
    for (const token of [first, second]) {
      const answer = await askWho(token);
      expect([answer.status, codeOf(answer)]).toEqual([401, "SESSION_ENDED"]);
    }
    expect((await actsNamed(hub, "signOut"))[0]).toMatchObject({
      outcome: "DELIVERED",
      source: "save",
      relied: expect.arrayContaining([expect.stringMatching(/^SESSION:[0-9a-f]{64}$/)]) as string[],
    });
    expect(await askWho(other)).toMatchObject({ status: 200 });
    expect(await run("sign-in", "--renew", "save")).toMatchObject({ code: 1, stdout: "" });
    expect(await run("sign-out")).toMatchObject({ code: 0, stdout: "Signed out of lokalis." });
    expect(codeOf(await askWho(other))).toBe("SESSION_ENDED");
    const { stdout: again } = await run("sign-in", "--script", "lokalis.worker");
    expect(await askWho(again)).toMatchObject({ status: 200 });
  });

  test("is heard by a gateway that nobody told, and so is that an operator keeps a worker out", async () => {
    const { stdout: token } = await run("sign-in", "--script", "lokalis.worker");
    const another = await startSecondGateway(hub);
    try {
      await seeKeptOut(hub, "save.probation-officer", [hub.port, another.port]);
      expect(await askWho(token, another.port)).toMatchObject({ status: 200 });
      await run("sign-out");
      expect(codeOf(await askWho(token, another.port))).toBe("SESSION_ENDED");
    } finally {
      await another.stop();
    }
  });
});

describe("by script", () => {
  test("prints a token alone, that the hub answers, and another of the same session", async () => {
    const { code, stdout, said } = await run("sign-in", "--script", "lokalis.worker");
    expect([code, said]).toEqual([0, ""]);
    expect(await askWho(stdout)).toMatchObject({ status: 200 });
    const renewed = await run("sign-in", "--renew");
    expect(renewed).toMatchObject({ code: 0, said: "" });
    expect(renewed.stdout).not.toBe(stdout);
    expect(await askWho(renewed.stdout)).toMatchObject({ status: 200 });
  });

  test("without a session there is nothing to renew and nothing to end", async () => {
    expect(await run("sign-in", "--renew")).toMatchObject({ code: 1, stdout: "" });
    expect(await run("sign-out")).toMatchObject({ code: 0, stdout: "There is no session to end." });
  });

  test("says that nothing answers where there is no issuer", async () => {
    const nowhere = startCommand({ ...hub, port: 1024 }, folder, "sign-in", "--script", "lokalis.worker");
    const { code, stdout, said } = await nowhere.ended;
    expect([code, stdout]).toEqual([1, ""]);
    expect(said).toContain("No issuer answers");
    expect(said).not.toContain("    at ");
  });

  test("wrong use ends with exit code 2, help with 0", async () => {
    expect(await run("sign-in")).toMatchObject({ code: 2, stdout: "" });
    expect(await run("sign-in", "--help")).toMatchObject({ code: 0, said: "" });
    expect(await run("sign-out", "nobody")).toMatchObject({ code: 2, stdout: "" });
  });
});
