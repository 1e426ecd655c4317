/** For tests only. The 46 routes of the 1.3.0 service, as its description names them. */

const twoSteps = (base: string): string[] => [
  `${base}/members`,
  `${base}/members/{versions}`,
  `${base}/members/members`,
  `${base}/members/members/{versions}`,
  `${base}/member-of`,
  `${base}/member-of/{versions}`,
  `${base}/member-of/member-of`,
  `${base}/member-of/member-of/{versions}`,
];

const versionsOf = (base: string): string[] => [base, `${base}/latest`, `${base}/all`];

export const routes13: readonly string[] = [
  '/healthcheck',
  '/classes',
  '/classes/{class}',
  ...twoSteps('/classes/{class}/{identifier}'),
  '/products',
  ...versionsOf('/products/{identifier}'),
  '/properties',
  ...twoSteps('/products/{identifier}'),
  '/bundles',
  ...versionsOf('/bundles/{identifier}'),
  ...versionsOf('/bundles/{identifier}/collections'),
  '/bundles/{identifier}/products',
  '/collections',
  ...versionsOf('/collections/{identifier}'),
  '/collections/{identifier}/bundles',
  ...versionsOf('/collections/{identifier}/products'),
  ...versionsOf('/products/{identifier}/bundles'),
  ...versionsOf('/products/{identifier}/collections'),
];
