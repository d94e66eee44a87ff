// The process of a sender answers an order in a word, and its own record says what came of it.

import express from "express";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { receiversOf } from "../../../gateway/stuf/receivers";
import { toTraceId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import type { Grant } from "../../../shared/kernel/requester";
import type { NewDeliveryLine } from "../../../shared/subgraph-kit/deliveries/delivery-line";
import type { SourceDeliveries } from "../../../shared/subgraph-kit/deliveries/source-deliveries";
import type { LocalRule } from "../../../shared/subgraph-kit/local-rules";
import { InquiryResult, SEND_INQUIRY } from "../../../shared/subgraph-kit/stuf/inquiry-order";
import { addInquiryRoute, type InquiryRouteDeps } from "../../../shared/subgraph-kit/stuf/inquiry-route";
import { stufRegion } from "../../kit/stuf/region";

const folder = mkdtempSync(join(tmpdir(), "schakel-stuf-route-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const region = stufRegion(folder);

const GRANT: Grant = {
  requester: receiversOf(region).get("rvdk")!.requester,
  purpose: "REFERRAL",
  traceId: toTraceId("0123456789abcdef0123456789abcdef"),
  subjects: [
    { type: "Person", id: "P-1", key: "child-1", categories: ["IDENTITY"] },
    { type: "Family", id: "F-1", key: "LOK-1", categories: ["HOUSEHOLD", "SAFETY"] },
  ],
};
const ORDER = {
  reference: "1",
  caseNumber: "03441",
  receiver: "rvdk",
  family: "F-1",
  children: ["P-1"],
  sentOn: "2026-01-05",
  urgent: false,
  informed: true,
  reason: "SAFETY_CONCERN",
};

/** Gives an order to a process that has `deps`; resolves with its answer and what it wrote down. */
async function order(deps: Pick<InquiryRouteDeps, "sender" | "source" | "localRules">) {
  const lines: NewDeliveryLine[] = [];
  const deliveries = {
    write: async (written: readonly NewDeliveryLine[]) => void lines.push(...written),
    refused: () => undefined,
  } as unknown as SourceDeliveries;
  const app = express();
  addInquiryRoute(app, {
    organisation: "lokalis",
    region,
    deliveries,
    verifyGrant: async () => GRANT,
    log: createLogger("test", "silent"),
    ...deps,
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/stuf`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: SEND_INQUIRY, variables: ORDER, extensions: { grant: "token" } }),
    });
    return { answer: await response.json(), lines };
  } finally {
    server.close();
  }
}

const SOURCE: InquiryRouteDeps["source"] = {
  findFamilies: async () => new Map(),
  findPersons: async () => new Map(),
  ready: async () => undefined,
  close: async () => undefined,
};

test("without an address nothing leaves, and its record says so of everybody", async () => {
  const { answer, lines } = await order({ sender: undefined, source: SOURCE, localRules: [] });
  expect(answer).toEqual({ said: "NOT_TAKEN", why: "NO_ADDRESS" });
  expect(lines.map(({ subjectId, outcome, delivered }) => ({ subjectId, outcome, delivered }))).toEqual([
    { subjectId: "P-1", outcome: "FAILED", delivered: [] },
    { subjectId: "F-1", outcome: "FAILED", delivered: [] },
  ]);
});

test("what its own rules keep out of a message is said with the answer, by ids and codes", async () => {
  const handed: string[] = [];
  const sender = {
    send: async (_kind: string, { xml }: { xml: string }) => {
      handed.push(xml);
      return { said: "TAKEN" as const };
    },
    close: async () => undefined,
  };
  const identity = { name: "Kind van der Test", birthDate: "2020-05-06", address: "Straat 1" };
  const source = { ...SOURCE, findPersons: async () => new Map([["child-1", { identity } as never]]) };
  const rule: LocalRule = {
    name: "no-safety",
    looksAt: "REQUEST",
    refuses: ({ category }) => (category === "SAFETY" ? "OWN_POLICY" : undefined),
  };
  const { answer, lines } = await order({ sender, source, localRules: [rule] });
  expect(handed).toHaveLength(1);
  expect(answer).toEqual({
    said: "TAKEN",
    refused: [{ type: "Family", id: "F-1", categories: ["SAFETY"] }],
  });
  expect(InquiryResult.parse(answer)).toEqual(answer);
  expect(lines.map(({ refused }) => refused)).toEqual([["SAFETY"], []]);
});
