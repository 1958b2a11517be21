import * as z from 'zod';
import type { Synthesized } from '../synthesized.ts';

const Ref = z.strictObject({ Ref: z.string() });
const Attribute = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Import = z.strictObject({ 'Fn::ImportValue': z.string() });
const Exported = z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }) });

/** A resource that a value of a template names, and by which of its values. */
export interface Named {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** `Ref`, or the attribute. */
  readonly by: string;
}

/** What a value of a stack's template names, followed through exports; undefined for what is there in no stack. */
export const namedBy = ({ stacks }: Synthesized, stack: string, value: unknown): Named | undefined => {
  const at = (logicalId: string, by: string): Named | undefined => {
    const resource = stacks.get(stack)?.Resources[logicalId];
    return resource && { stack, logicalId, type: resource.Type, by };
  };
  const ref = Ref.safeParse(value);
  if (ref.success) return at(ref.data.Ref, 'Ref');
  const attribute = Attribute.safeParse(value);
  if (attribute.success) return at(...attribute.data['Fn::GetAtt']);
  const imported = Import.safeParse(value);
  if (!imported.success) return undefined;
  for (const [holder, { Outputs }] of stacks) {
    for (const output of Object.values(Outputs)) {
      const { data } = Exported.safeParse(output);
      if (data?.Export.Name !== imported.data['Fn::ImportValue']) continue;
      return namedBy({ stacks, ofType: () => [] }, holder, data.Value);
    }
  }
  return undefined;
};
