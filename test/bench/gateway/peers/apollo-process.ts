// Apollo Server on Apollo Gateway, as its documentation sets it up: nothing of the hub is in it. Argument: the file of the
// supergraph. Says its URL when it is ready.

import { readFileSync } from "node:fs";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { talkToParent } from "../../kit/child";
import { profiler } from "../../kit/profiler";

async function run(supergraph: string): Promise<void> {
  const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraph, "utf8") });
  const server = new ApolloServer({ gateway });
  const { url } = await startStandaloneServer(server, { listen: { host: "127.0.0.1", port: 0 } });
  talkToParent(url, profiler(), async () => server.stop());
}

void run(process.argv[2] ?? "");
