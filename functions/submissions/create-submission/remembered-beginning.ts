import type { Beginning } from '#shared/domain/submission/starting-answers.ts';

/** Keys are plain identifiers and sources dotted ones, so neither holds what lists are written with. */
const listed = (text: string | undefined): string[] => (text === undefined || text === '' ? [] : text.split(','));

/** How a draft began, as it is remembered with a client's key: a repeated request gets the same reply. */
export const rememberedBeginning = ({ dropped, filled, notCopied }: Beginning): Record<string, string> => ({
  dropped: dropped.join(','),
  filled: filled.map(({ field, from }) => `${field}:${from}`).join(','),
  notCopied: notCopied.join(','),
});

export const beginningFrom = (remembered: Readonly<Record<string, string>>): Beginning => ({
  dropped: listed(remembered.dropped),
  filled: listed(remembered.filled).map((entry) => {
    const [field = '', from = ''] = entry.split(':');
    return { field, from };
  }),
  notCopied: listed(remembered.notCopied),
});
