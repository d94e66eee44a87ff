import { layout } from "../../../subgraphs/rvdk/demo/layout";
import { rvdkSystem } from "../../../subgraphs/rvdk/source/rvdk-system";
import { describeSource } from "./describe-source";

describeSource({ system: rvdkSystem, layout, folder: "rvdk", families: 6 });
