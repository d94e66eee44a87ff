import { lokalisSystem } from "../../../subgraphs/lokalis/source/lokalis-system";
import { layout } from "../../../subgraphs/lokalis/demo/layout";
import { describeSource } from "./describe-source";

describeSource({ system: lokalisSystem, layout, folder: "lokalis", families: 15, unborn: "LOK-2009" });
