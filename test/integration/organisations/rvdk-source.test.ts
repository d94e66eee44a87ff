import { layout } from "../../../subgraphs/rvdk/demo/layout";
import { rvdkSystem } from "../../../subgraphs/rvdk/source/rvdk-system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";
import { queriedOrganisation } from "./under-test";

const organisation = queriedOrganisation(rvdkSystem, layout);

describeSource(organisation, { families: 6 });
describeSeals(organisation);
