export type Locale = 'zh' | 'en';

/** The first language of Accept-Language that we speak; Chinese where none is named. Weights are honoured, `zh-CN`, `zh-Hans` and `zh` are one. */
export const localeOf = (acceptLanguage: string | undefined): Locale => {
  const wishes = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, position) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
      const quality = weight === undefined ? 1 : Number(weight.slice(2));
      return { language: tag.split('-')[0] ?? '', quality: Number.isFinite(quality) ? quality : 0, position };
    })
    .filter(({ language, quality }) => quality > 0 && (language === 'zh' || language === 'en' || language === '*'))
    .sort((one, other) => other.quality - one.quality || one.position - other.position);
  return wishes[0]?.language === 'en' ? 'en' : 'zh';
};
