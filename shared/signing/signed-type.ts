/** What a signature is of, the `typ` of its header: so that nothing signed as one thing is taken for another (RFC 8725, 3.11). */
export type SignedType = 'shenbao-receipt+jwt' | 'shenbao-seal+jwt';
