import { layout } from "../../../subgraphs/wss/demo/layout";
import { wssSystem } from "../../../subgraphs/wss/source/wss-system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";
import { queriedOrganisation } from "./under-test";

const organisation = queriedOrganisation(wssSystem, layout);

describeSource(organisation, { families: 5, separator: /[;|]/ });
describeSeals(organisation);
