import * as z from 'zod';

/** A write with a condition, whatever else it has. */
const Conditional = z.looseObject({
  TableName: z.string(),
  ConditionExpression: z.string(),
  Item: z.looseObject({ item: z.string().optional() }).optional(),
  Key: z.looseObject({ item: z.string().optional() }).optional(),
});

const Transaction = z.looseObject({ TransactItems: z.array(z.record(z.string(), z.unknown())) });

/** A condition where it is sent: by table, kind of write, kind of item and its own text. Places in code that agree in all of them are the same rule. */
export interface Condition {
  readonly of: string;
  readonly expression: string;
  /** Sends another one instead. */
  replace(expression: string): void;
}

/** Names of items hold ids after their kind: `deadline#unit#ID`, `answers#0001`. */
const kindOf = (item: string | undefined): string => (item === undefined ? '' : `/${item.split('#')[0]}`);

const conditionOf = (write: unknown, kind: string): Condition[] => {
  const parsed = Conditional.safeParse(write);
  if (!parsed.success || typeof write !== 'object' || write === null) return [];
  const { TableName, ConditionExpression: expression, Item, Key } = parsed.data;
  const table = TableName.split('-').at(-1) ?? TableName;
  return [
    {
      of: `${kind} ${table}${kindOf((Item ?? Key)?.item)}`,
      expression,
      replace: (other) => {
        Reflect.set(write, 'ConditionExpression', other);
      },
    },
  ];
};

/** The conditions of a command of the document client, in their order. */
export const conditionsOf = (command: unknown): Condition[] => {
  if (typeof command !== 'object' || command === null || !('input' in command)) return [];
  const { input } = command;
  const transaction = Transaction.safeParse(input);
  if (!transaction.success) return conditionOf(input, command.constructor.name.replace(/Command$/, ''));
  return transaction.data.TransactItems.flatMap((part) =>
    Object.entries(part).flatMap(([kind, write]) => conditionOf(write, kind)),
  );
};
