// `node demo/main.js` runs the administration of the William Schrikker Stichting, which is not the hub's.

import { runDemoSystem } from "../../../shared/demo-system/run-demo-system";
import { system } from "./system";

void runDemoSystem(system);
