/** Pure. What is left of a day's requests. */
import type { DayBudget } from '#contract/day-budget.ts';

export const leftOf = ({ perDay, used }: DayBudget): number => Math.max(0, perDay - used);
export const isUsedUp = (budget: DayBudget): boolean => leftOf(budget) === 0;
