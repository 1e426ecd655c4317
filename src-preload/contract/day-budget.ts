/** What Almagest allows itself of AstroBin in a day, whatever a person sets. */
export const astrobinMostPerDay = 500;

/** Requests that may still be made of an archive today (UTC), counted over restarts and all windows and terminals. */
export interface DayBudget {
  perDay: number;
  used: number;
  /** Unix ms of the next midnight UTC. */
  renewsAtMs: number;
}
