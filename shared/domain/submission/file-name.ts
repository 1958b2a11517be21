/** The extension without its dot, lower-case; empty where there is none. */
export const extensionOf = (filename: string): string => {
  const dot = filename.lastIndexOf('.');
  return dot <= 0 ? '' : filename.slice(dot + 1).toLowerCase();
};

/** Control and format characters (bidi overrides show a name backwards), line separators, lone surrogates and unassigned code points. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/u;

/** Separators of paths, and what Windows cannot store: officers unpack files there. */
const RESERVED = /[/\\<>:"|?*]/;

/** What a double click runs. A name such as 申报书.exe.pdf shows as 申报书.exe where extensions are hidden. */
const RUNNABLE = new Set(
  'apk app bat cmd com cpl dll exe hta htm html jar js jse lnk msi pif ps1 reg scr sh svg vbe vbs wsf'.split(' '),
);

/** Whether a name can be given back to anybody as it is. Chinese and spaces within are kept. */
export const isSaneFilename = (filename: string): boolean =>
  filename === filename.trim() &&
  !filename.startsWith('.') &&
  !INVISIBLE.test(filename) &&
  !RESERVED.test(filename) &&
  !RUNNABLE.has(extensionOf(filename)) &&
  !RUNNABLE.has(extensionOf(filename.slice(0, filename.lastIndexOf('.'))));
