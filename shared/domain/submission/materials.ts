import type { Material } from '#shared/domain/call/definition.ts';
import { clauseIn } from '#shared/domain/clause.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import { declaredFileFaults } from './declared-file.ts';
import type { Attachment, DeclaredFile } from './submission.ts';

/** Attachments a submission can have: every material of a large call, and a bound on what one user can make us keep. */
export const MOST_ATTACHMENTS = 200;

const tooMany = (material: Material): Fault => ({
  path: at('materials', material.key),
  code: 'MATERIAL_TOO_MANY',
  params: { material: material.title, limit: material.maxCount },
  ...clauseIn(material.clause),
});

/** One that is refused or holds malware does not: it is replaced. */
const takesPlace = ({ state, scan }: Attachment): boolean => state !== 'refused' && scan !== 'threat';

/** What is wrong with announcing one more file. */
export const announcementFaults = (
  materials: readonly Material[],
  attachments: readonly Attachment[],
  file: DeclaredFile,
): readonly Fault[] => {
  const material = materials.find(({ key }) => key === file.material);
  if (material === undefined) return [{ path: 'material', code: 'UNKNOWN_MATERIAL' }];
  const present = attachments.filter((one) => one.material === material.key && takesPlace(one));
  return [
    ...declaredFileFaults(material, file),
    ...(present.length < material.maxCount ? [] : [{ ...tooMany(material), path: 'material' }]),
    ...(attachments.length < MOST_ATTACHMENTS
      ? []
      : [{ path: '', code: 'TOO_MANY', params: { limit: MOST_ATTACHMENTS } } as const]),
  ];
};

const attachmentFaults = (materials: readonly Material[], attachment: Attachment): readonly Fault[] => {
  const path = at('attachments', attachment.attachmentId);
  const material = materials.find(({ key }) => key === attachment.material);
  if (material === undefined) return [{ path, code: 'UNKNOWN_MATERIAL' }];
  const params = { material: material.title, filename: attachment.filename };
  if (attachment.state === 'expected')
    return [{ path, code: 'ATTACHMENT_NOT_UPLOADED', params, ...clauseIn(material.clause) }];
  if (attachment.state === 'refused') {
    const reason = attachment.reason === undefined ? {} : { reason: attachment.reason };
    return [{ path, code: 'ATTACHMENT_REFUSED', params: { ...params, ...reason }, ...clauseIn(material.clause) }];
  }
  if (attachment.scan === 'threat') return [{ path, code: 'MALWARE_FOUND', params, ...clauseIn(material.clause) }];
  return declaredFileFaults(material, attachment).map((fault) => ({ ...fault, path: `${path}.${fault.path}` }));
};

/** What a submit asks of the files: every required material there, none too often, each one proven. */
export const materialFaults = (
  materials: readonly Material[],
  attachments: readonly Attachment[],
): readonly Fault[] => [
  ...materials.flatMap((material): Fault[] => {
    const files = attachments.filter(({ material: key }) => key === material.key);
    if (files.filter(takesPlace).length > material.maxCount) return [tooMany(material)];
    if (files.length > 0 || !material.required) return [];
    return [
      {
        path: at('materials', material.key),
        code: 'MATERIAL_MISSING',
        params: { material: material.title },
        ...clauseIn(material.clause),
      },
    ];
  }),
  ...attachments.flatMap((attachment) => attachmentFaults(materials, attachment)),
];
