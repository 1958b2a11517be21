/** The exceptions of KMS that this machine gives, each with status 400 as there. */
export type KmsErrorType =
  | 'MissingAuthenticationTokenException'
  | 'NotFoundException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'ValidationException';

export class KmsError extends Error {
  readonly type: KmsErrorType;

  constructor(type: KmsErrorType, message: string) {
    super(message);
    this.name = 'KmsError';
    this.type = type;
  }
}
