import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { discardRest } from './dead-buffers.ts';
import { S3Error } from './s3-error.ts';

/** S3's limit on all that precedes the file: 20 KB. */
const MAX_PRE_DATA_BYTES = 20 * 1024;

export interface FormFile {
  /** Without any directories. */
  filename: string;
  /** Must be read to its end; errors if the upload breaks off. */
  stream: Readable;
}

const openParser = (incoming: IncomingMessage): busboy.Busboy => {
  try {
    return busboy({
      headers: incoming.headers,
      defParamCharset: 'utf8',
      limits: { fieldSize: MAX_PRE_DATA_BYTES, fieldNameSize: MAX_PRE_DATA_BYTES },
    });
  } catch (cause) {
    throw new S3Error('MalformedPOSTRequest', { cause });
  }
};

/** Resolves once the whole form is parsed; rejects when it is malformed or breaks off. */
const parsed = (incoming: IncomingMessage, parser: busboy.Busboy): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.once('close', resolve);
    // Not once: busboy can report the same broken form again while it is taken down.
    parser.on('error', (cause) => {
      incoming.unpipe(parser);
      reject(new S3Error('MalformedPOSTRequest', { cause }));
    });
    incoming.once('error', (error) => parser.destroy(error));
    incoming.pipe(parser);
  });

/**
 * Parses a multipart/form-data upload as a stream. `takeFile` gets the fields before the file, by lower-case name, and
 * its result is waited for. Unlike S3, which ignores what follows the file, this refuses it: `keep` is called only for
 * a form that was right to its end, `drop` for a taken file whose form turned out wrong.
 */
export const receiveForm = async <Taken, Kept>(
  incoming: IncomingMessage,
  {
    takeFile,
    keep,
    drop,
  }: {
    takeFile: (fields: Map<string, string>, file: FormFile) => Promise<Taken>;
    keep: (taken: Taken) => Promise<Kept>;
    drop: (taken: Taken) => Promise<void>;
  },
): Promise<Kept> => {
  const parser = openParser(incoming);
  const fields = new Map<string, string>();
  const form: { taking?: Promise<Taken>; fault?: S3Error } = {};
  let preData = 0;

  parser.on('field', (name = '', value) => {
    preData += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (form.taking !== undefined) {
      form.fault ??= new S3Error('MalformedPOSTRequest', {
        message: `The field '${name}' follows the file; the file must be last.`,
      });
    } else if (preData > MAX_PRE_DATA_BYTES) {
      form.fault ??= new S3Error('MaxPostPreDataLengthExceeded');
    } else if (fields.has(name.toLowerCase())) {
      form.fault ??= new S3Error('InvalidArgument', {
        message: `The field '${name}' may be given only once.`,
        details: { ArgumentName: name },
      });
    } else {
      fields.set(name.toLowerCase(), value);
    }
  });
  parser.on('file', (name = '', stream, { filename = '' }) => {
    // An upload that breaks off is reported by the parser too; here it would be a crash for a file nobody reads.
    stream.on('error', () => undefined);
    if (form.taking !== undefined || name.toLowerCase() !== 'file') {
      form.fault ??= new S3Error('IncorrectNumberOfFilesInPostRequest');
    }
    if (form.fault !== undefined) {
      discardRest(stream);
      return;
    }
    form.taking = takeFile(fields, { filename, stream }).finally(() => discardRest(stream));
    // Waited for below, once the parser is done; until then a refusal must not count as unhandled.
    form.taking.catch(() => undefined);
  });

  try {
    await parsed(incoming, parser);
    if (form.fault !== undefined) throw form.fault;
    if (form.taking === undefined) throw new S3Error('IncorrectNumberOfFilesInPostRequest');
  } catch (error) {
    const [taken] = await Promise.allSettled([form.taking]);
    if (taken.status === 'fulfilled' && taken.value !== undefined) await drop(taken.value);
    throw error;
  }
  return keep(await form.taking);
};
