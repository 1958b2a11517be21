import type { YamlMistake } from '#shared/contract/yaml-mistakes.ts';
import type { Locale } from './locale.ts';

/** What to look for where YAML cannot be read, for authors who never wrote any. The place is where reading ended, often just behind the mistake. */
export const YAML_MISTAKES: Readonly<Record<YamlMistake, Readonly<Record<Locale, string>>>> = {
  tab: {
    zh: '第 {line} 行用 Tab 缩进了，请改成空格。',
    en: 'Line {line} is indented with a tab: use blanks.',
  },
  indent: {
    zh: '第 {line} 行的缩进与同一层的其他行没有对齐；对齐了的，看看前面的 {、[ 是否都有收尾。',
    en: 'Line {line} does not line up with the others of its level; if it does, look whether every { and [ above was closed.',
  },
  bracket: {
    zh: '从第 {line} 行第 {column} 列往前看：有 { 或 [ 没有收尾，或者两项之间少了半角逗号。',
    en: 'Look back from line {line}, column {column}: a { or [ was not closed, or a comma is missing between two parts.',
  },
  quote: {
    zh: '第 {line} 行第 {column} 列的引号没有收尾（收尾的也要是半角的同一种引号）。',
    en: 'The quote at line {line}, column {column} is never closed by another of its kind.',
  },
  pair: {
    zh: '第 {line} 行不是“键: 值”：冒号要用半角，后面空一格。',
    en: 'Line {line} is not "key: value": the colon needs a blank behind it.',
  },
  nested: {
    zh: '第 {line} 行的值里又有“半角冒号加空格”：是文字的，整句加单引号；不是的，看看下一行是否多缩进了。',
    en: 'The value in line {line} has a colon and a blank in it: put the text in single quotes, or see whether the next line is indented too far.',
  },
  start: {
    zh: '第 {line} 行第 {column} 列：内容不能以这个半角标点开头，请整句加单引号。',
    en: 'Line {line}, column {column}: a text cannot begin with this sign: put it in single quotes.',
  },
  escape: {
    zh: '第 {line} 行第 {column} 列：双引号里不能这样写反斜杠（\\），请改用单引号。',
    en: 'Line {line}, column {column}: no such backslash in double quotes: use single ones.',
  },
  sign: {
    zh: '第 {line} 行第 {column} 列读不懂，多半是半角标点：内容里有半角的逗号、引号、括号或花括号的，整句加单引号。改好这一处再查后面的。',
    en: 'Line {line}, column {column} is not expected there: put a text with commas, quotes, brackets or braces in single quotes. What follows is looked at once this is right.',
  },
  document: {
    zh: '第 {line} 行：一个文件只写一份通知，请去掉单独成行的 --- 或 ...。',
    en: 'Line {line}: one file holds one call: take the line --- or ... out.',
  },
  tag: {
    zh: '第 {line} 行第 {column} 列：以 ! 开头的内容是 YAML 的标签，不能使用；确实要写 ! 的，整句加单引号。',
    en: 'Line {line}, column {column}: what begins with ! is a tag of YAML, which is not taken: put the text in single quotes.',
  },
};
