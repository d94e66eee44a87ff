import { layout } from "../../../subgraphs/wss/demo/layout";
import { wssSystem } from "../../../subgraphs/wss/source/wss-system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";

describeSource({ system: wssSystem, layout, folder: "wss", families: 5, separator: /[;|]/ });
describeSeals({ system: wssSystem, layout, folder: "wss" });
