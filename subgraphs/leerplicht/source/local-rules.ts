// Where Leerplicht Utrecht is stricter than the hub's rules (docs/local-rules.md): nowhere.

import type { LocalRule } from "../../../shared/subgraph-kit/local-rules";

export const localRules: readonly LocalRule[] = [];
