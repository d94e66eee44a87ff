// organisations: who takes part in the region, and how the service is by which each is connected.

import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { toOrganisations } from "../mapping/organisation";
import { OrganisationHealth } from "../source/directory/probe-organisations";
import type { FamiliesContext } from "../source/families-stores";
import { loadersOf } from "../source/request-loaders";
import { Maintenance } from "../types/maintenance";
import { Organisation } from "../types/organisation";

const takesPart = ({ stores }: FamiliesContext, { code }: Organisation): boolean =>
  stores.region.organisations.some((one) => one.code === code);

@Resolver(() => Organisation)
export class OrganisationsResolver {
  @Query(() => [Organisation], {
    description:
      "The organisations of the region (ketenpartners), with the services by which they are connected.",
  })
  organisations(@Ctx() { stores }: FamiliesContext): Organisation[] {
    return toOrganisations(stores.region);
  }

  @FieldResolver(() => OrganisationHealth, {
    nullable: true,
    description: "How its service is now; empty of who is no organisation of the region.",
  })
  async health(
    @Root() organisation: Organisation,
    @Ctx() context: FamiliesContext,
  ): Promise<OrganisationHealth | null> {
    if (!takesPart(context, organisation)) return null;
    return (await context.stores.probe(organisation.code)).health;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Version of its service (versie), as the service says; empty when it says none.",
  })
  async version(@Root() organisation: Organisation, @Ctx() context: FamiliesContext): Promise<string | null> {
    if (!takesPart(context, organisation)) return null;
    return (await context.stores.probe(organisation.code)).version;
  }

  @FieldResolver(() => [Maintenance], {
    description:
      "Maintenance of its service that runs or was announced (gepland onderhoud), in the order in which it begins.",
  })
  plannedMaintenance(
    @Root() { code }: Organisation,
    @Ctx() context: FamiliesContext,
  ): Promise<Maintenance[]> {
    return loadersOf(context).maintenance.load(code);
  }
}
