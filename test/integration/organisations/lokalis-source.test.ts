import { layout } from "../../../subgraphs/lokalis/demo/layout";
import { lokalisSystem } from "../../../subgraphs/lokalis/source/lokalis-system";
import { describeSource } from "./describe-source";
import { queriedOrganisation } from "./under-test";

const organisation = queriedOrganisation(lokalisSystem, layout);

describeSource(organisation, { families: 15, unborn: "LOK-2009" });
