import type { ExportStep } from '#shared/data/export-items.ts';

/** A step's item, as the table's stream has it when it is new. */
export const stepRecord = (key: string, { exportId, part }: ExportStep) => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: '100000000000000000001',
    NewImage: {
      exportId: { S: key },
      step: { M: { exportId: { S: exportId }, ...(part !== undefined && { part: { N: String(part) } }) } },
      runs: { N: '0' },
      expiresAt: { N: '4102444800' },
    },
  },
});
