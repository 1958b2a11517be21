/** The buckets: what applicants hand in, the notices' own annexes, and what closing calls has sealed. */
export type BucketName = 'attachments' | 'annexes' | 'seals';
