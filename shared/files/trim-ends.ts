/**
 * A text without what `dropped` matches at either end, UTF-16 unit by unit. By hand, since a pattern for the end is tried at each place within the text,
 * as far as there is anything of the kind behind it: a name of 16,000 dots took a second.
 */
export const trimEnds = (text: string, dropped: RegExp): string => {
  let [start, end] = [0, text.length];
  while (start < end && dropped.test(text.charAt(start))) start += 1;
  while (start < end && dropped.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};
