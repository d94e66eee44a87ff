// Whom to call when it cannot wait.

/** Veilig Thuis, day and night, and the emergency services (alarmnummer) in direct danger. */
export const EMERGENCY_NUMBERS = ["0800-2000", "112"] as const;
