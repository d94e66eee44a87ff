import { layout } from "../../../subgraphs/rvdk/demo/layout";
import { rvdkSystem } from "../../../subgraphs/rvdk/source/rvdk-system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";

describeSource({ system: rvdkSystem, layout, folder: "rvdk", families: 6 });
describeSeals({ system: rvdkSystem, layout, folder: "rvdk" });
