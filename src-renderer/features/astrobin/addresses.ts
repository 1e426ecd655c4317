/** Pages of AstroBin's that a person is led to. */
export const keyPage = 'https://www.astrobin.com/api/request-key/';
export const termsPage = 'https://welcome.astrobin.com/terms-of-service';
