/** A process of its own, since the CDK takes 200 MB that the running stack has no use for. Argument: the folder to write to. */
import { synthesize } from '../../synthesize.ts';

const [outdir = ''] = process.argv.slice(2);
await synthesize('local', outdir);
