import canonicalize from 'canonicalize';

/** A value's canonical JSON (RFC 8785): the same text for everybody who has the value. */
export const canonicalJson = (value: unknown): string => canonicalize(value) ?? '';
