import * as z from 'zod';

/** An attribute as a stream writes it. Sets and bytes occur in none that is streamed. */
type Attribute =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly Attribute[] }
  | { readonly M: Readonly<Record<string, Attribute>> };

const Attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.union([
    z.strictObject({ S: z.string() }),
    z.strictObject({ N: z.string() }),
    z.strictObject({ BOOL: z.boolean() }),
    z.strictObject({ NULL: z.literal(true) }),
    z.strictObject({ L: z.array(Attribute) }),
    z.strictObject({ M: z.record(z.string(), Attribute) }),
  ]),
);

const plain = (attribute: Attribute): unknown => {
  if ('S' in attribute) return attribute.S;
  if ('N' in attribute) return Number(attribute.N);
  if ('BOOL' in attribute) return attribute.BOOL;
  if ('NULL' in attribute) return null;
  if ('L' in attribute) return attribute.L.map(plain);
  return Object.fromEntries(Object.entries(attribute.M).map(([name, value]) => [name, plain(value)]));
};

/**
 * An item of a stream's record as the document client would give it.
 *
 * @throws z.ZodError for what is no item of ours
 */
export const itemOfImage = (image: unknown): unknown => plain({ M: z.record(z.string(), Attribute).parse(image) });
