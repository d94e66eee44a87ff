import { layout } from "../../../subgraphs/save/demo/layout";
import { identityQuery } from "../../../subgraphs/save/demo/people";
import { system } from "../../../subgraphs/save/demo/system";
import { describeSource } from "./describe-source";
import { declaredOrganisation } from "./under-test";

const organisation = declaredOrganisation(system, layout, identityQuery);

describeSource(organisation, { families: 10 });
