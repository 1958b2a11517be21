import { FILE_TYPES } from '#shared/contract/file-types.ts';
import type { Material } from '#shared/domain/call/definition.ts';
import { sizeInBytes } from '#shared/domain/call/material.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { extensionOf, isSaneFilename } from './file-name.ts';
import type { DeclaredFile } from './submission.ts';

/** What clients send for a file whose type they do not know; most do for .wps, .et and .ofd. */
const UNKNOWN_TYPE = 'application/octet-stream';

/** Any type of the same container will do: clients tell .wps and .doc, .docx and .zip apart as badly as we can. */
const isPlausible = (contentType: string, extension: keyof typeof FILE_TYPES): boolean => {
  const declared = contentType.toLowerCase();
  const { family } = FILE_TYPES[extension];
  return (
    declared === UNKNOWN_TYPE ||
    Object.values(FILE_TYPES).some((type) => type.family === family && type.contentTypes.some((t) => t === declared))
  );
};

/** What is wrong with a declared file for its material: name, extension, content type, size. Paths are those of the declaration. */
export const declaredFileFaults = (material: Material, file: DeclaredFile): readonly Fault[] => {
  const clause = clauseIn(material.clause);
  const faults: Fault[] = [];
  if (!isSaneFilename(file.filename)) faults.push({ path: 'filename', code: 'FILENAME' });
  const extension = material.accept.find((accepted) => accepted === extensionOf(file.filename));
  if (extension === undefined) {
    const accepted = material.accept.map((name) => `.${name}`).join(', ');
    faults.push({ path: 'filename', code: 'FILE_TYPE_NOT_ACCEPTED', params: { accepted }, ...clause });
  } else if (!isPlausible(file.contentType, extension)) {
    const accepted = [...FILE_TYPES[extension].contentTypes, UNKNOWN_TYPE].join(', ');
    faults.push({ path: 'contentType', code: 'FILE_TYPE_NOT_ACCEPTED', params: { accepted }, ...clause });
  }
  const limit = sizeInBytes(material.maxSize);
  if (file.size > limit) faults.push({ path: 'size', code: 'FILE_TOO_LARGE', params: { limit }, ...clause });
  return faults;
};
