import * as z from 'zod';

// CloudFront takes certificates and firewalls from nowhere else, wherever the stage is:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
export const EDGE_REGION = 'us-east-1';

/** A secret in Secrets Manager of the stage's region, whose whole text CloudFront sends with each request. */
const SecretName = z.string().regex(/^[\w/+=.@-]+$/, 'a name in Secrets Manager has letters, digits and /_+=.@- alone');

/** CloudFront in front of the API, which answers nobody who comes past it. */
export const EdgeSettings = z.strictObject({
  /** Where people reach the API from then on; its DNS record is made by whoever keeps the domain. */
  domain: z.hostname(),
  /** Of the domain. Without a certificate of one's own CloudFront takes TLS 1.0, whatever is asked for. */
  certificateArn: z
    .string()
    .regex(
      /^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
      'CloudFront takes a certificate of ACM in us-east-1 alone, wherever the stage is: arn:aws:acm:us-east-1:ACCOUNT:certificate/ID',
    ),
  /** The web ACL that looks at each request: what the stack of `firewall` gives as FirewallArn, or one of your own. */
  firewallArn: z
    .string()
    .regex(
      /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/,
      'CloudFront takes a web ACL of scope CLOUDFRONT alone, which is in us-east-1: arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID (the output FirewallArn of the stack of `firewall`)',
    ),
  /** CloudFront sends the first; functions take either, so that one can be put in the other's place. */
  originSecrets: z
    .array(SecretName)
    .min(1)
    .max(2)
    .refine((names) => new Set(names).size === names.length, 'the two secrets must be different ones'),
  /** Which of CloudFront's places answer: 100 is North America and Europe; 200 Asia, too; all is all. */
  priceClass: z.enum(['100', '200', 'all']).default('200'),
});

/** The web ACL that the stage defines for its edge. */
export const FirewallSettings = z.strictObject({
  /**
   * Requests in five minutes from one address before it is refused with 429. A hall of 200 applicants behind one address, each with the 40 requests that a submission
   * takes (stages.ts), sends 8,000; the whole stage takes 220 × 300 = 66,000, so one address gets at most 15 % of it.
   */
  requestsPerAddress: z.int().min(10).max(2_000_000_000).default(10_000),
  /** `count` lets pass what the rules of AWS would block, and counts it: to look before it counts, or when they block the wrong ones. */
  managedRules: z.enum(['block', 'count']).default('block'),
});

export type EdgeSettings = z.output<typeof EdgeSettings>;
export type FirewallSettings = z.output<typeof FirewallSettings>;

/** CloudFormation puts the secret's text there when it deploys: nobody needs a right to it, or a client to ask for it. */
export const originSecretText = (name: string): string => `{{resolve:secretsmanager:${name}:SecretString}}`;

/** What tells a function which secrets to ask for; nothing where the stage has no edge. */
export const originCheck = ({ edge }: { readonly edge?: EdgeSettings | undefined }): Record<string, string> =>
  edge === undefined ? {} : { ORIGIN_SECRETS: edge.originSecrets.map(originSecretText).join(',') };
