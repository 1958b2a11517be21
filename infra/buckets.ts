/** The buckets: what applicants hand in, the notices' own annexes, what closing calls has sealed, and what officers have exported. */
export type BucketName = 'attachments' | 'annexes' | 'seals' | 'exports';
