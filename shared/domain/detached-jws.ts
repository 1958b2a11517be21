/** A JWS without its payload (RFC 7515, appendix F), for where the payload is kept anyway. */
export const detached = (jws: string): string => jws.replace(/\..*\./, '..');

/** The JWS that `detached` was given, from the text that was signed. */
export const attached = (jws: string, payload: string): string =>
  jws.replace('..', `.${Buffer.from(payload).toString('base64url')}.`);
