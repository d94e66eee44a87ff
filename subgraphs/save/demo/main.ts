// `node demo/main.js` runs the case management of SAVE, which is not the hub's.

import { runDemoSystem } from "../../../shared/demo-system/run-demo-system";
import { system } from "./system";

void runDemoSystem(system);
