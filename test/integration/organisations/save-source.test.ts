import { layout } from "../../../subgraphs/save/demo/layout";
import { saveSystem } from "../../../subgraphs/save/source/save-system";
import { describeSource } from "./describe-source";

describeSource({ system: saveSystem, layout, folder: "save", families: 10 });
