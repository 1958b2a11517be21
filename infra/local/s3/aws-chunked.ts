import { S3Error } from './s3-error.ts';

/** A chunk header is a hex size and perhaps an extension; a trailer is a checksum: neither needs more. */
const MAX_LINE_BYTES = 4096;

/** Reads lines and counted bytes off a stream of buffers, holding no more than the buffer at hand and one line. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #more(): Promise<Buffer> {
    const next = await this.#source.next();
    if (next.done === true) throw new S3Error('IncompleteBody');
    return next.value;
  }

  async line(): Promise<string> {
    for (let end = this.#rest.indexOf('\r\n'); ; end = this.#rest.indexOf('\r\n')) {
      if (end >= 0) {
        const line = this.#rest.toString('latin1', 0, end);
        this.#rest = this.#rest.subarray(end + 2);
        return line;
      }
      if (this.#rest.length > MAX_LINE_BYTES) throw new S3Error('InvalidRequest', { message: 'Bad chunk header' });
      this.#rest = Buffer.concat([this.#rest, await this.#more()]);
    }
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.#rest.length === 0) this.#rest = await this.#more();
      const taken = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }

  /** Reads the source to its end: it then needs no destroying, and a reply can still be sent. */
  async drain(): Promise<void> {
    while ((await this.#source.next()).done !== true);
  }

  async expectEnd(): Promise<void> {
    const next = this.#rest.length > 0 ? { done: false } : await this.#source.next();
    if (next.done !== true) throw new S3Error('MalformedTrailerError');
  }
}

async function* decode(
  reader: ByteReader,
  onTrailers: (trailers: Map<string, string>) => void,
): AsyncGenerator<Buffer> {
  for (;;) {
    const [size = ''] = (await reader.line()).split(';', 1);
    if (!/^[0-9a-fA-F]{1,13}$/.test(size)) throw new S3Error('InvalidRequest', { message: 'Bad chunk header' });
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    yield* reader.bytes(length);
    if ((await reader.line()) !== '') throw new S3Error('InvalidRequest', { message: 'Bad chunk terminator' });
  }
  const trailers = new Map<string, string>();
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new S3Error('MalformedTrailerError');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  await reader.expectEnd();
  onTrailers(trailers);
}

/**
 * Decodes an `aws-chunked` body (STREAMING-UNSIGNED-PAYLOAD-TRAILER): yields the object's bytes, and gives the
 * trailing headers, by lower-case name, to `onTrailers` before it ends.
 * @throws S3Error IncompleteBody, InvalidRequest or MalformedTrailerError.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  onTrailers: (trailers: Map<string, string>) => void,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  try {
    yield* decode(reader, onTrailers);
  } finally {
    await reader.drain();
  }
}
