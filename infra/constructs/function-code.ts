import { Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionFolder } from '../functions.ts';

/** Where a function's code comes from, by its folder below functions/. */
export type FunctionCode = (folder: FunctionFolder) => Code;

/** No code at all, for tests that look at the template alone. */
export const placeholderCode: FunctionCode = () => Code.fromInline('// placeholder');
