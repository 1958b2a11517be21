import { S3Error } from './s3-error.ts';
import type { Credentials } from './sigv4.ts';

export interface Authority {
  region: string;
  credentials: Credentials;
}

export interface Credential {
  accessKeyId: string;
  day: string;
  region: string;
  /** day/region/s3/aws4_request. */
  scope: string;
}

/**
 * Takes `key/day/region/s3/aws4_request` apart and holds it against the one key and region there are.
 * `refuse` words what is malformed, which S3 does differently for headers, query and form.
 */
export const readCredential = (
  text: string,
  date: string,
  authority: Authority,
  refuse: (fault: string) => S3Error,
): Credential => {
  const [accessKeyId = '', day = '', region = '', service, terminator, ...rest] = text.split('/');
  if (service === undefined || terminator === undefined || rest.length > 0) {
    throw refuse('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"');
  }
  if (accessKeyId !== authority.credentials.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: accessKeyId } });
  }
  if (region !== authority.region) throw refuse(`the region '${region}' is wrong; expecting '${authority.region}'`);
  if (service !== 's3') throw refuse(`incorrect service "${service}". This endpoint belongs to "s3"`);
  if (terminator !== 'aws4_request')
    throw refuse(`incorrect terminal "${terminator}". This endpoint uses "aws4_request"`);
  if (day !== date.slice(0, 8)) {
    throw refuse(`Invalid credential date "${day}". This date is not the same as X-Amz-Date: "${date.slice(0, 8)}"`);
  }
  return { accessKeyId, day, region, scope: `${day}/${region}/s3/aws4_request` };
};
