import { layout } from "../../../subgraphs/save/demo/layout";
import { saveSystem } from "../../../subgraphs/save/source/save-system";
import { describeSource } from "./describe-source";
import { queriedOrganisation } from "./under-test";

const organisation = queriedOrganisation(saveSystem, layout);

describeSource(organisation, { families: 10 });
