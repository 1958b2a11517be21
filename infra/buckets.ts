/** The buckets: what applicants hand in, and the notices' own annexes. */
export type BucketName = 'attachments' | 'annexes';
