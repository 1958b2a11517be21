import { wishesOf } from './accept-list.ts';

export type Locale = 'zh' | 'en';

const SPOKEN = ['zh', 'en', '*'];

/** The first language of Accept-Language that we speak; Chinese where none is named. Weights are honoured, `zh-CN`, `zh-Hans` and `zh` are one. */
export const localeOf = (acceptLanguage: string | undefined): Locale => {
  const languages = wishesOf(acceptLanguage).map(({ value }) => value.split('-')[0] ?? '');
  return languages.find((language) => SPOKEN.includes(language)) === 'en' ? 'en' : 'zh';
};
