/** Builds out/ when its inputs changed since the last build. */
export function ensureBuild(): void;
/** A hash of everything that the build reads. */
export function inputHash(): string;
