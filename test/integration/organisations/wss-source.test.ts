import { layout } from "../../../subgraphs/wss/demo/layout";
import { identityQuery } from "../../../subgraphs/wss/demo/people";
import { system } from "../../../subgraphs/wss/demo/system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";
import { declaredOrganisation } from "./under-test";

const organisation = declaredOrganisation(system, layout, identityQuery);

describeSource(organisation, { families: 5, separator: /[;|]/ });
describeSeals(organisation);
