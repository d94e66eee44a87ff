// announceMaintenance, endMaintenance.

import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { announceMaintenance, endMaintenance } from "../source/directory/maintenance";
import type { FamiliesContext } from "../source/families-stores";
import { Maintenance } from "../types/maintenance";
import { AnnounceMaintenanceInput, EndMaintenanceInput } from "../types/maintenance-inputs";

@Resolver()
export class MaintenanceResolver {
  @Mutation(() => Maintenance, {
    description:
      "Announces maintenance of the service of your own organisation (onderhoud aankondigen); for its own system.",
  })
  announceMaintenance(
    @Arg("input", () => AnnounceMaintenanceInput) input: AnnounceMaintenanceInput,
    @Ctx() { stores, grant }: FamiliesContext,
  ): Promise<Maintenance> {
    return announceMaintenance(stores, grant.requester, input);
  }

  @Mutation(() => Maintenance, {
    description:
      "Ends maintenance of your own organisation that runs, or takes back what is to come (onderhoud beëindigen); for its own system.",
  })
  endMaintenance(
    @Arg("input", () => EndMaintenanceInput) input: EndMaintenanceInput,
    @Ctx() { stores, grant }: FamiliesContext,
  ): Promise<Maintenance> {
    return endMaintenance(stores, grant.requester, input);
  }
}
