/** Runs anywhere; pure. The one pair that the sample accepts: made up, and of no use anywhere else. */
export const sampleAstrobinKey = 'sample-key-of-nobody';
export const sampleAstrobinSecret = 'sample-secret-of-nobody';
