// A thread that plans operations, one at a time: planning that does not end takes this thread with it, and no request.
// In: the supergraph as worker data; messages { text, operationName }. Out: "ready", then per message { plan } as JSON or
// { fault }.

import { parentPort, workerData } from "node:worker_threads";
import { Supergraph, operationFromDocument } from "@apollo/federation-internals";
import { QueryPlanner } from "@apollo/query-planner";
import { parse } from "graphql";
import { PLANNER_CONFIG } from "./planner-config";

/** What is to be planned: a valid document, and which of its operations. */
export interface PlanQuestion {
  readonly text: string;
  readonly operationName: string | undefined;
}

/** The plan as JSON, or the planner's words about why there is none. */
export type PlanAnswer = { readonly plan: string } | { readonly fault: string };

function answerQuestions(supergraphSdl: string): void {
  const supergraph = Supergraph.build(supergraphSdl);
  const schema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, PLANNER_CONFIG);
  const planOf = ({ text, operationName }: PlanQuestion): PlanAnswer => {
    try {
      const named = operationName === undefined ? {} : { operationName };
      const operation = operationFromDocument(schema, parse(text, { noLocation: true }), named);
      return { plan: JSON.stringify(planner.buildQueryPlan(operation)) };
    } catch (error) {
      return { fault: error instanceof Error ? error.message : "unknown" };
    }
  };
  parentPort?.on("message", (question: PlanQuestion) => {
    parentPort?.postMessage(planOf(question), []);
  });
  parentPort?.postMessage("ready", []);
}

answerQuestions((workerData as { supergraph: string }).supergraph);
