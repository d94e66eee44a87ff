// Sends the requests of an attack case through a gateway that records what it asks of every source.

import { randomBytes, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import type { GivenRecord, SentRequest } from "./attack-cases";
import { faultyToken, tokenOfAnother } from "./attack-tokens";
import { filledIn, isKnown, wordsIn, type Meanings } from "./attack-words";
import { tokenOf, type HubPlace } from "./hub";
import { asOwner } from "./hub-database";
import { subgraphPortOf } from "./hub-place";
import { startRecordingProxy, type Captured, type RecordingProxy } from "./recording-proxy";
import { startSecondGateway } from "./second-gateway";
import { entriesOfTrace, type LoggedEntry } from "./traced";
import { valuesAt } from "./attack-paths";

/** Sources that attacks look at. */
export const SOURCES = [
  "lokalis",
  "veilig-thuis",
  "save",
  "rvdk",
  "wss",
  "families",
  "referrals",
  "access-log",
] as const;
export type SourceName = (typeof SOURCES)[number];

/** Everything that a request led to. */
export interface Outcome {
  readonly status: number;
  /** The answer as it was sent: headers and body. */
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
  readonly entries: readonly LoggedEntry[];
  readonly asked: ReadonlyMap<SourceName, readonly Captured[]>;
  readonly ms: number;
}

/** A row of a register that a case made. */
interface Made {
  readonly record: string;
  readonly key: Readonly<Record<string, unknown>>;
}

interface Sent {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
  readonly ms: number;
}

/** Posts over a connection of its own; a header with several values is sent as several lines. */
async function post(
  port: number,
  headers: Readonly<Record<string, string | string[]>>,
  body: string,
): Promise<Sent> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: "127.0.0.1",
        port,
        method: "POST",
        path: "/graphql",
        headers: { "content-type": "application/json", ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          // Both change with every answer: the moment, and a hash over the trace id.
          const { date: _date, etag: _etag, ...kept } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            headers: JSON.stringify(kept),
            body: Buffer.concat(chunks).toString(),
            ms: performance.now() - begun,
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A hub with a gateway of its own for attacks: its sources are behind recording proxies. */
export class AttackedHub {
  readonly #place: HubPlace;
  readonly #proxies: ReadonlyMap<SourceName, RecordingProxy>;
  readonly #gateway: { readonly port: number; stop(): Promise<void> };
  readonly #tokens = new Map<string, string>();
  readonly #made: Made[] = [];

  private constructor(
    place: HubPlace,
    proxies: ReadonlyMap<SourceName, RecordingProxy>,
    gateway: { readonly port: number; stop(): Promise<void> },
  ) {
    this.#place = place;
    this.#proxies = proxies;
    this.#gateway = gateway;
  }

  /** Starts the proxies and the gateway beside a running hub. */
  static async start(place: HubPlace): Promise<AttackedHub> {
    const proxies = new Map<SourceName, RecordingProxy>();
    for (const name of SOURCES) {
      const port = subgraphPortOf(place, name);
      proxies.set(name, await startRecordingProxy(`http://127.0.0.1:${port}/graphql`));
    }
    const urls = Object.fromEntries([...proxies].map(([name, { url }]) => [name, url]));
    return new AttackedHub(place, proxies, await startSecondGateway(place, urls));
  }

  /** Stops the gateway and the proxies. */
  async stop(): Promise<void> {
    await this.#gateway.stop();
    await Promise.all([...this.#proxies.values()].map(async (proxy) => proxy.stop()));
  }

  async #tokenFor({ persona, token, worker }: SentRequest, meanings: Meanings): Promise<string | undefined> {
    if (worker !== undefined) {
      return tokenOfAnother(this.#place, persona, String(filledIn(worker, meanings)));
    }
    if (token !== undefined) return faultyToken(this.#place, persona, token);
    const known = this.#tokens.get(persona) ?? (await tokenOf(this.#place, persona));
    this.#tokens.set(persona, known);
    return known;
  }

  /** Sends a request and gathers what it led to. */
  async send(what: SentRequest, meanings: Meanings): Promise<Outcome> {
    for (const proxy of this.#proxies.values()) proxy.captured.length = 0;
    const traceId = randomBytes(16).toString("hex");
    const token = await this.#tokenFor(what, meanings);
    const sent = await post(
      this.#gateway.port,
      {
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(what.purpose === undefined ? {} : { purpose: what.purpose }),
        ...what.headers,
      },
      JSON.stringify(
        filledIn(
          {
            query: what.operation,
            variables: what.variables ?? {},
            ...(what.operationName === undefined ? {} : { operationName: what.operationName }),
            ...(what.extensions === undefined ? {} : { extensions: what.extensions }),
          },
          meanings,
        ),
      ),
    );
    const body = JSON.parse(sent.body) as Outcome["body"];
    for (const [name, path] of Object.entries(what.keep ?? {})) {
      const [value] = valuesAt(body.data, path).values();
      if (value !== undefined && value !== null) meanings.set(name, value);
    }
    for (const [record, path] of Object.entries(what.makes ?? {})) {
      for (const id of valuesAt(body.data, path).values()) this.#made.push({ record, key: { id } });
    }
    return {
      status: sent.status,
      text: `${sent.headers}\n${sent.body}`.replaceAll(traceId, "(trace)"),
      body,
      entries: await entriesOfTrace(this.#place, traceId),
      asked: new Map([...this.#proxies].map(([name, { captured }]) => [name, [...captured]])),
      ms: sent.ms,
    };
  }

  /** Records what a case finds beforehand and sends what comes before the attack; throws when that is not answered. */
  async prepare(
    given: readonly GivenRecord[],
    before: readonly SentRequest[],
    meanings: Meanings,
  ): Promise<void> {
    for (const one of given) await this.#record(one, meanings);
    for (const one of before) await this.#answered(one, meanings);
  }

  async #answered(request: SentRequest, meanings: Meanings): Promise<void> {
    const { body } = await this.send(request, meanings);
    const missing = Object.keys(request.keep ?? {}).filter((name) => !meanings.has(name));
    if (body.errors || missing.length > 0) {
      throw new Error(`Around the attack: ${JSON.stringify([missing, body])}`);
    }
  }

  async #record({ record, row }: GivenRecord, meanings: Meanings): Promise<void> {
    const filled = filledIn(row, meanings) as Record<string, unknown>;
    const whole = record === "second_household" ? filled : { id: randomUUID(), ...filled };
    const names = Object.keys(whole);
    const places = names.map((_name, index) => `$${index + 1}`).join(", ");
    await asOwner(this.#place, async (owner) => {
      await owner.query(
        `insert into hub.${record} (${names.join(", ")}) values (${places})`,
        Object.values(whole),
      );
    });
    this.#made.push({ record, key: "id" in whole ? { id: whole["id"] } : whole });
  }

  /**
   * Sends what puts right what the attack did, as far as it did it; then takes away what was recorded, and what
   * requests said that they made, since the last time.
   */
  async takeAway(after: readonly SentRequest[], meanings: Meanings): Promise<void> {
    for (const one of after) {
      if (wordsIn(one).every((word) => isKnown(word, meanings))) await this.#answered(one, meanings);
    }
    const made = this.#made.splice(0).toReversed();
    if (made.length === 0) return;
    await asOwner(this.#place, async (owner) => {
      for (const { record, key } of made) {
        // The work that followed from it goes with it.
        const caused = "select id from hub.task where cause <> 'ACCESS' and cause_id = $1";
        await owner.query(`delete from hub.task_event where task_id in (${caused})`, [key["id"]]);
        await owner.query(`delete from hub.task where id in (${caused})`, [key["id"]]);
        const names = Object.keys(key);
        const where = names.map((name, index) => `${name} = $${index + 1}`).join(" and ");
        await owner.query(`delete from hub.${record} where ${where}`, Object.values(key));
      }
    });
  }
}
