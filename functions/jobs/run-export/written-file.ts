/** A file of an export on the function's own disk. */
export interface WrittenFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The name it is to be saved under. */
  readonly filename: string;
  readonly submissions: number;
}

/** Is told how many submissions more were looked at. */
export type Progress = (looked: number) => Promise<void>;
