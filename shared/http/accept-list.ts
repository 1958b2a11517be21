/** The values of an Accept header, those wished for most first; among equals in their order. What has weight 0 is left out. */
export const wishesOf = (header: string | undefined): { readonly value: string; readonly quality: number }[] =>
  (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [value = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
      const quality = weight === undefined ? 1 : Number(weight.slice(2));
      return { value: value.trim(), quality: Number.isFinite(quality) ? quality : 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
