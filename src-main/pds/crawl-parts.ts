/** Runs in plain Node. A crawl of the registry as the parts that a shell goes through. */
import type { PdsCrawlPart } from '#contract/pds-lists.ts';
import type { CrawlPage, PdsCrawl } from '../sources/pds-registry/crawl.ts';

/** Its pages, each with the report so far, and a last part without products. */
export async function* crawlParts(crawl: PdsCrawl, notes: string[]): AsyncGenerator<PdsCrawlPart> {
  const toPart = (products: CrawlPage['products'], isEnded: boolean): PdsCrawlPart => {
    const { hits, distinct, doubled, unreadable, missing, gaps, requests } = crawl.report;
    const report = { hits, distinct, doubled, unreadable, missing, requests };
    return {
      products,
      isEnded,
      report: { ...report, gaps: gaps.map((gap) => ({ ...gap })) },
      notes,
    };
  };
  for await (const { products } of crawl) yield toPart(products, false);
  yield toPart([], true);
}
