import { writeFileSync } from 'node:fs';
import { callSchemaText } from './document.ts';

writeFileSync(new URL('../../shared/contract/call.schema.json', import.meta.url), callSchemaText());
