/** The header in which CloudFront sends its secret; it puts it in the place of whatever a client sends there. */
export const ORIGIN_SECRET_HEADER = 'x-shenbao-origin';
