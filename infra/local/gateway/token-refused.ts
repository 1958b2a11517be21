/**
 * A token the authorizer turns down; the message goes into the challenge's error_description.
 *
 * Worded as AWS does where its wording is on record (segments, issuer, audience, discovery, JWKS); AWS documents no
 * list, and the others are ours.
 */
export class TokenRefused extends Error {}
