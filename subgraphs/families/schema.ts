// The families subgraph: the entities Family and Person, who works with whom, consents and measures.

import type { HubDefinition, ReferenceResolver } from "../../shared/subgraph-kit/definition";
import { AssignmentResolver } from "./resolvers/assignment.resolver";
import { CaseloadResolver } from "./resolvers/caseload.resolver";
import { ConsentResolver } from "./resolvers/consent.resolver";
import { DisclosureResolver } from "./resolvers/disclosure.resolver";
import { EmergencyResolver } from "./resolvers/emergency.resolver";
import { FamilyResolver } from "./resolvers/family.resolver";
import { FindByBsnResolver } from "./resolvers/find-by-bsn.resolver";
import { FindFamilyResolver } from "./resolvers/find-family.resolver";
import { InvestigationResolver } from "./resolvers/investigation.resolver";
import { KnownHereResolver } from "./resolvers/known-here.resolver";
import { MaintenanceResolver } from "./resolvers/maintenance.resolver";
import { MeetingResolver } from "./resolvers/meeting.resolver";
import { MeResolver } from "./resolvers/me.resolver";
import { MeasureResolver } from "./resolvers/measure.resolver";
import { OrganisationsResolver } from "./resolvers/organisations.resolver";
import { ParticipationResolver } from "./resolvers/participation.resolver";
import { PersonResolver } from "./resolvers/person.resolver";
import { TaskResolver } from "./resolvers/task.resolver";
import { TeamResolver } from "./resolvers/team.resolver";
import type { FamiliesContext } from "./source/families-stores";
import { loadersOf } from "./source/request-loaders";
import { Family } from "./types/family";
import { Person } from "./types/person";

const findFamily: ReferenceResolver = ({ id }, context: FamiliesContext) =>
  loadersOf(context).family.load(id);
const findPerson: ReferenceResolver = ({ id }, context: FamiliesContext) =>
  loadersOf(context).person.load(id);

export const definition: HubDefinition = {
  kind: "hub",
  name: "families",
  resolvers: [
    FamilyResolver,
    PersonResolver,
    FindFamilyResolver,
    FindByBsnResolver,
    CaseloadResolver,
    MeResolver,
    OrganisationsResolver,
    MaintenanceResolver,
    ConsentResolver,
    MeasureResolver,
    AssignmentResolver,
    TeamResolver,
    DisclosureResolver,
    EmergencyResolver,
    InvestigationResolver,
    KnownHereResolver,
    TaskResolver,
    ParticipationResolver,
    MeetingResolver,
  ],
  orphanedTypes: [Family, Person],
  references: { Family: findFamily, Person: findPerson },
};
