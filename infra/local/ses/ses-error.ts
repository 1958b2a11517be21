/** The exceptions of SES v2 that this machine gives. */
export type SesErrorType = 'BadRequestException' | 'MissingAuthenticationTokenException' | 'NotFoundException';

const STATUS: Record<SesErrorType, number> = {
  BadRequestException: 400,
  MissingAuthenticationTokenException: 403,
  NotFoundException: 404,
};

export class SesError extends Error {
  override name = 'SesError';
  readonly type: SesErrorType;

  constructor(type: SesErrorType, message: string) {
    super(message);
    this.type = type;
  }

  get status(): number {
    return STATUS[this.type];
  }
}
