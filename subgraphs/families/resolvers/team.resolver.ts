// team, addTeamMember, endTeamMembership.

import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { FamiliesContext } from "../source/families-stores";
import { addTeamMember, endTeamMembership, findTeam, type TeamChange } from "../source/team-members";
import { AddTeamMemberInput, EndTeamMembershipInput } from "../types/team-inputs";
import { TeamMember } from "../types/team-member";

@Resolver()
export class TeamResolver {
  @Query(() => [TeamMember], {
    nullable: true,
    description: "Who belong to a team of your own organisation that you are a member of (team).",
  })
  team(
    @Arg("name", () => ID, { description: "The team." }) name: string,
    @Ctx() { stores, grant }: FamiliesContext,
  ): Promise<TeamMember[]> {
    return findTeam(stores.pool, grant.requester, name);
  }

  @Mutation(() => TeamMember, {
    description:
      "Lets a worker of your own organisation join a team that you are a member of, or begin a team (teamlid toevoegen).",
  })
  async addTeamMember(
    @Arg("input", () => AddTeamMemberInput) input: AddTeamMemberInput,
    @Ctx() context: FamiliesContext,
  ): Promise<TeamMember> {
    return delivered(context, await addTeamMember(context.stores, context.grant.requester, input));
  }

  @Mutation(() => TeamMember, {
    description:
      "Ends a membership of a team that you are a member of now (teamlid af); no later request is permitted by it.",
  })
  async endTeamMembership(
    @Arg("input", () => EndTeamMembershipInput) input: EndTeamMembershipInput,
    @Ctx() context: FamiliesContext,
  ): Promise<TeamMember> {
    return delivered(context, await endTeamMembership(context.stores, context.grant.requester, input));
  }
}

/** Who works with each of the team's families changed. */
function delivered(context: FamiliesContext, { familyIds, result }: TeamChange): TeamMember {
  for (const familyId of familyIds) context.deliver({ familyId }, "UPDATE");
  return result;
}
