// A crowd of clients at the door of a hub: each puts one question without pause, and goes on through errors until it is
// told to stop. What was received is remembered, as far as the log has to account for it.

import { setTimeout as sleep } from "node:timers/promises";
import { newTrace } from "../../kit/access-log";
import { ask, eventually, type Answer, type Ask, type HubPlace } from "../../kit/hub";
import { referralRequest } from "../../kit/referrals";
import { FAMILY_VIEW } from "../../kit/view";
import { givenIn } from "./given";

/** A question that is put again and again. */
export interface Question {
  readonly name: string;
  ask(): Ask;
  /** The code with which it is refused, as it has to be; absent for what is answered. */
  readonly refusedWith?: string;
  /** Between two of them. */
  readonly pauseMs?: number;
}

const view = (persona: string, purpose: string): Question => ({
  name: `a view by ${persona}`,
  ask: () => ({ persona, purpose, query: FAMILY_VIEW, variables: { id: "OVV-06" } }),
});

/** What the crowd asks; one client for each. */
export const QUESTIONS: readonly Question[] = [
  view("lokalis.worker", "CARE"),
  view("wss.voluntary", "CARE"),
  view("veilig-thuis.assessor", "SAFETY_ASSESSMENT"),
  view("rvdk.investigator", "INVESTIGATION"),
  {
    name: "a family that may not be seen",
    ask: () => ({
      persona: "lokalis.worker",
      purpose: "CARE",
      query: `{ family(id: "OVV-15") { id lokalis { carePlan { summary } } } }`,
    }),
    refusedWith: "FAMILY_NOT_FOUND",
    pauseMs: 50,
  },
  {
    name: "a referral",
    ask: () => referralRequest({ familyId: "OVV-09", receiver: "wss" }),
    pauseMs: 300,
  },
  {
    name: "the log itself",
    ask: () => ({
      persona: "lokalis.privacy-officer",
      purpose: "OVERSIGHT",
      query: `{ accessLog(filter: { familyId: "OVV-09" }, first: 20) { edges { node { id outcome } } } }`,
    }),
    pauseMs: 300,
  },
];

/** How long a client waits that found nobody. */
const NOBODY_MS = 200;

/** An answer of which the last byte was received. */
export interface Received {
  readonly question: string;
  readonly traceId: string;
  /** Clock of `performance.now`. */
  readonly askedAt: number;
  /** Sources that did not answer, with why. */
  readonly missing: readonly string[];
  /** Codes of what went wrong; not the one with which it has to be refused. */
  readonly wentWrong: readonly string[];
  /** What it gives out of dossiers; see `givenIn`. */
  readonly given: readonly string[];
}

const codesIn = ({ body }: Answer): string[] =>
  (body.errors ?? []).map(({ extensions }) => String(extensions["code"]));

/** Sources that did not answer, with why. */
const missingIn = ({ body }: Answer): string[] =>
  (
    (body.extensions?.["unavailable"] ?? []) as { readonly organisation: string; readonly cause: string }[]
  ).map(({ organisation, cause }) => `${organisation} ${cause}`);

/** Is it as in quiet? */
export const isWhole = ({ missing, wentWrong }: Received): boolean =>
  missing.length === 0 && wentWrong.length === 0;

/** Puts a question once. An answer that says that the hub cannot answer is none: then its code, in place of the answer. */
export async function put(
  place: HubPlace,
  question: Question,
  traced = newTrace(),
): Promise<Received | string> {
  const askedAt = performance.now();
  const answer = await ask(place, { ...question.ask(), headers: traced.headers });
  const codes = codesIn(answer);
  if (answer.status !== 200) return `${answer.status} ${codes.join(" ")}`;
  const isRefused = codes.join(" ") === question.refusedWith;
  return {
    question: question.name,
    traceId: traced.traceId,
    askedAt,
    missing: missingIn(answer),
    wentWrong: isRefused ? [] : codes,
    given: givenIn(answer),
  };
}

/** The clients, and what they received. */
export class Crowd {
  readonly received: Received[] = [];
  /** Trace ids of all requests, the unanswered ones too. */
  readonly sent: string[] = [];
  /** What came instead of an answer, each time. */
  readonly unanswered: string[] = [];
  readonly #place: HubPlace;
  /** When the latest whole answer to each question was asked for. */
  readonly #latest = new Map<string, number>();
  /** What answers give is nearly always the same, and kept once. */
  readonly #given = new Map<string, readonly string[]>();
  #stopping = false;
  #clients: Promise<void>[] = [];

  constructor(place: HubPlace) {
    this.#place = place;
  }

  start(): void {
    this.#clients = QUESTIONS.map(async (question) => this.#client(question));
  }

  /** Resolves when every question that was put from now on has had a whole answer. */
  async untilAnswered(withinMs: number): Promise<void> {
    const from = performance.now();
    await eventually(
      "a whole answer to every question",
      async () =>
        QUESTIONS.every(({ name }) => (this.#latest.get(name) ?? -Infinity) > from) ? true : undefined,
      withinMs,
    );
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#clients);
  }

  async #client(question: Question): Promise<void> {
    while (!this.#stopping) {
      const traced = newTrace();
      this.sent.push(traced.traceId);
      const outcome = await put(this.#place, question, traced).catch(() => undefined);
      if (outcome === undefined || typeof outcome === "string") {
        this.unanswered.push(outcome ?? "nothing received");
        await sleep(NOBODY_MS);
      } else {
        this.#keep(outcome);
      }
      await sleep(question.pauseMs ?? 0);
    }
  }

  #keep(received: Received): void {
    const key = received.given.join("\n");
    const given = this.#given.get(key) ?? received.given;
    this.#given.set(key, given);
    this.received.push({ ...received, given });
    if (isWhole(received)) this.#latest.set(received.question, received.askedAt);
  }
}
