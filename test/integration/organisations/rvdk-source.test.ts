import { layout } from "../../../subgraphs/rvdk/demo/layout";
import { identityQuery } from "../../../subgraphs/rvdk/demo/people";
import { system } from "../../../subgraphs/rvdk/demo/system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";
import { declaredOrganisation } from "./under-test";

const organisation = declaredOrganisation(system, layout, identityQuery);

describeSource(organisation, { families: 6 });
describeSeals(organisation);
