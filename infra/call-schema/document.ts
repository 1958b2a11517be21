import * as z from 'zod';
import { CallDefinition, CategoryNode } from '#shared/domain/call/definition.ts';
import { DESCRIPTIONS } from './descriptions.ts';

type Json = { [key: string]: unknown };

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A table's columns are written as fields are. */
const textsOf = (holder: string) => DESCRIPTIONS[holder === 'columns' ? 'fields' : holder] ?? {};

const describedIn = (value: unknown, holder: string): unknown => {
  if (Array.isArray(value)) return value.map((each) => describedIn(each, holder));
  return isJson(value) ? described(value, holder) : value;
};

const describedKeys = (properties: Json, holder: string): Json =>
  Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => {
      const description = textsOf(holder)[key];
      const inner = describedIn(schema, key);
      return [key, isJson(inner) && description !== undefined ? { description, ...inner } : inner];
    }),
  );

/** The schema with its keys described. `holder` is the key of the definition whose value it is about. */
const described = (schema: Json, holder: string): Json =>
  Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === 'properties' && isJson(value) ? describedKeys(value, holder) : describedIn(value, holder),
    ]),
  );

/** JSON Schema 2020-12 of a call definition as it is written, for editors. What one part says of another (a form that is named, a sum) only the check knows. */
export const callSchema = (): Json => {
  const names = z.registry<{ id: string }>();
  names.add(CategoryNode, { id: 'categories' });
  const { $schema, $defs, ...definition } = z.toJSONSchema(CallDefinition, { io: 'input', metadata: names });
  return {
    $schema,
    title: '申报通知定义 · Shenbao call definition',
    ...described(definition, ''),
    // A definition of the schema bears the name of the key that holds it.
    $defs: Object.fromEntries(Object.entries($defs ?? {}).map(([name, schema]) => [name, described(schema, name)])),
  };
};

/** The text that is committed as shared/contract/call.schema.json and served at GET /schemas/call. */
export const callSchemaText = (): string => `${JSON.stringify(callSchema(), null, 2)}\n`;
