/** Runs in the page. The pages of the inspector of a product. */
export const productTabs = ['overview', 'properties', 'references'] as const;
export type ProductTab = (typeof productTabs)[number];

/** The page that was shown last, from what the history kept. */
export function readTab(value: unknown): ProductTab {
  return productTabs.find((tab) => tab === value) ?? 'overview';
}
