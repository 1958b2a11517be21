/** One entity tag of RFC 9110: weak ones carry W/. */
const ENTITY_TAG = /(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/**
 * Whether `If-Match` names the current ETag: a list of tags, or `*` for whatever there is. Compared strongly, so a weak tag never matches; neither does
 * what is no tag at all.
 */
export const ifMatches = (header: string, etag: string): boolean => {
  if (header.trim() === '*') return true;
  return [...header.matchAll(ENTITY_TAG)].some(([tag, weak]) => weak === undefined && tag === etag);
};
