// One part of a comparison, in a thread of its own: see compare-in-parts.ts.

import { parentPort, workerData } from "node:worker_threads";
import { deciderOver } from "../policy-files";
import { createCover } from "../privacy/cover/cover";
import type { ComparePart } from "./compare-in-parts";
import { compareWithCedar } from "./compare-with-cedar";
import { loadSet } from "./sets";

const { set: name, count, seed } = workerData as ComparePart;
const { set, files } = loadSet(name);
parentPort?.postMessage(compareWithCedar(createCover(set), deciderOver(files), count, seed), []);
