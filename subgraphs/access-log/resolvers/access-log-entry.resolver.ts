// What an entry says beyond its row: the rules in words, and the sentence of an error.

import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { ERROR_CODES } from "../../../shared/kernel/errors";
import { explainRules } from "../mapping/explain-rules";
import type { AccessLogContext } from "../source/access-log-stores";
import { AccessLogEntry } from "../types/access-log-entry";
import { AccessLogRule } from "../types/access-log-rule";

@Resolver(() => AccessLogEntry)
export class AccessLogEntryResolver {
  @FieldResolver(() => [AccessLogRule], {
    description: "The rules that permitted or withheld, in words (waarom).",
  })
  why(@Root() entry: AccessLogEntry, @Ctx() { stores }: AccessLogContext): AccessLogRule[] {
    return explainRules(entry, stores.rules);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The sentence that goes with the error code.",
  })
  errorMessage(@Root() { errorCode }: AccessLogEntry): string | null {
    return errorCode === null ? null : (ERROR_CODES[errorCode]?.message ?? null);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the key of the subject was destroyed: nobody can tell any more whom it was about.",
  })
  subjectErased(@Root() { subjectType, subjectId }: AccessLogEntry): boolean {
    return subjectType !== "NONE" && subjectId === null;
  }
}
