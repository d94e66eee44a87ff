// `node demo/main.js` runs the case system of the Raad, which is not the hub's.

import { runDemoSystem } from "../../../shared/demo-system/run-demo-system";
import { system } from "./system";

void runDemoSystem(system);
