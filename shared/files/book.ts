/** Text, or a number where it is exactly one; nothing for a blank cell. */
export type Cell = string | number | undefined;

export interface Column {
  readonly heading: string;
  /** In digits of the standard font, as spreadsheets count. */
  readonly width: number;
}

/** A sheet that is written row by row. */
export interface Sheet {
  add(row: readonly Cell[]): void;
  /** Ends it, so that its file need not stay open. */
  end(): void;
}

/** Sheets of one export, one after the other or several at once; each goes to the disk as it is written. */
export interface Book {
  /** Begins a sheet with a row of headings. `title` is made a legal and unique name. */
  sheet(title: string, columns: readonly Column[]): Sheet;
  /** Writes the file and gives its size in bytes; every sheet must have ended. */
  write(path: string): Promise<number>;
}
