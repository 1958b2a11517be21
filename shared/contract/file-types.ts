/**
 * File types as they come in offices. `family` is what the first bytes can prove: .doc, .xls, .wps and .et are one container (OLE/CFB), .docx, .xlsx,
 * .ofd and .zip another (ZIP), so the family is checked and the extension kept. `contentTypes` are what clients declare for them; the first is ours.
 */
export const FILE_TYPES = {
  pdf: { family: 'pdf', contentTypes: ['application/pdf'] },
  doc: { family: 'cfb', contentTypes: ['application/msword'] },
  docx: { family: 'zip', contentTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'] },
  wps: { family: 'cfb', contentTypes: ['application/vnd.ms-works', 'application/kswps', 'application/wps-office.wps'] },
  xls: { family: 'cfb', contentTypes: ['application/vnd.ms-excel'] },
  xlsx: { family: 'zip', contentTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  et: { family: 'cfb', contentTypes: ['application/kset', 'application/wps-office.et', 'application/vnd.ms-excel'] },
  ofd: { family: 'zip', contentTypes: ['application/ofd'] },
  jpg: { family: 'jpeg', contentTypes: ['image/jpeg'] },
  jpeg: { family: 'jpeg', contentTypes: ['image/jpeg'] },
  png: { family: 'png', contentTypes: ['image/png'] },
  zip: { family: 'zip', contentTypes: ['application/zip', 'application/x-zip-compressed'] },
  mp4: { family: 'mp4', contentTypes: ['video/mp4'] },
} as const;

export type FileExtension = keyof typeof FILE_TYPES;
export type FileFamily = (typeof FILE_TYPES)[FileExtension]['family'];

export const FILE_EXTENSIONS = [
  'pdf',
  'doc',
  'docx',
  'wps',
  'xls',
  'xlsx',
  'et',
  'ofd',
  'jpg',
  'jpeg',
  'png',
  'zip',
  'mp4',
] as const satisfies readonly FileExtension[];
