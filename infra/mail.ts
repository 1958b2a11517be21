import * as z from 'zod';

/** Who a mail is from. */
const Sender = z.strictObject({
  address: z.email(),
  /** What people see beside the address. */
  name: z.string().min(1).optional(),
});

const Region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);

// Of the regions near: https://docs.aws.amazon.com/general/latest/gr/ses.html
const WITHOUT_SES = ['ap-east-1', 'cn-north-1', 'cn-northwest-1'];

const Ses = z.strictObject({
  kind: z.literal('ses'),
  from: Sender,
  /** Where SES is asked, since it is not in every region. */
  region: Region.refine((region) => !WITHOUT_SES.includes(region), {
    error: ({ input }) => `there is no Amazon SES in ${input}: name another region, such as ap-southeast-1`,
  }),
  /** The verified identity, when it is not the sender's domain. */
  identity: z.string().min(1).optional(),
});

const Smtp = z
  .strictObject({
    kind: z.literal('smtp'),
    from: Sender,
    host: z.hostname(),
    port: z.int().min(1).max(65_535),
    /** TLS from the first byte (465 as a rule), or a connection that must be raised to it (587). In the clear nothing is sent. */
    security: z.enum(['tls', 'starttls']),
    user: z.string().min(1).optional(),
    /** The name of a secret in Secrets Manager of the stage's region; its whole text is the user's password. */
    passwordSecret: z
      .string()
      .regex(/^[\w/+=.@-]+$/, 'a name in Secrets Manager has letters, digits and /_+=.@- alone')
      .optional(),
  })
  .refine(({ user, passwordSecret }) => (user === undefined) === (passwordSecret === undefined), {
    path: ['passwordSecret'],
    error: 'a user needs the secret with their password, and a secret its user',
  });

/** How mail is sent. */
export const MailSettings = z.discriminatedUnion('kind', [Ses, Smtp]);
export type MailSettings = z.output<typeof MailSettings>;

/** The identity that SES sends as: the right to send is given on it. */
export const sesIdentity = ({ identity, from }: Pick<z.output<typeof Ses>, 'identity' | 'from'>): string =>
  identity ?? from.address.replace(/^.*@/, '');
