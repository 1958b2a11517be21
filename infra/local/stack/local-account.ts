/** The region of stage `local`: signatures are made and checked for it. */
export const REGION = 'ap-east-1';

export const ACCOUNT_ID = '000000000000';

/** What signs requests on this machine: no secret, since the services are reachable from it only and hold demo data. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local-demo-only' };
