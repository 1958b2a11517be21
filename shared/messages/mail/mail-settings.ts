import * as z from 'zod';
import type { Mailer } from './mailer.ts';

const Sender = z.object({ address: z.string(), name: z.string().optional() });

/** The stage's `mail`, as JSON in the environment. */
export const MailSettings = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('ses'), from: Sender, region: z.string() }),
      z.object({
        kind: z.literal('smtp'),
        from: Sender,
        host: z.string(),
        port: z.int(),
        security: z.enum(['tls', 'starttls']),
        user: z.string().optional(),
      }),
    ]),
  );

/** The stage's way of sending mail; only its client is loaded. */
export const mailerOf = async (
  settings: z.output<typeof MailSettings>,
  password: string | undefined,
): Promise<Mailer> => {
  if (settings.kind === 'ses') return (await import('./ses-mailer.ts')).sesMailer(settings);
  return (await import('./smtp-mailer.ts')).smtpMailer({ ...settings, password });
};
