/** Runs in plain Node, in the labels' worker. Why an expression cannot be evaluated, for the user. */

export class XPathProblem extends Error {
  override name = 'XPathProblem';
  /** UTF-16 units from the beginning of the expression; null where it is not one place. */
  readonly position: number | null;

  constructor(message: string, position: number | null) {
    super(message);
    this.position = position;
  }
}
