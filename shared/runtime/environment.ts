import * as z from 'zod';

/**
 * Reads a function's settings from its environment: the only place that does.
 *
 * @throws where a variable is missing or wrong, naming it, so that a misdeployed function fails at its start and not at its first request.
 */
export const environment = <Shape extends z.ZodRawShape>(shape: Shape): z.output<z.ZodObject<Shape>> => {
  const parsed = z.object(shape).safeParse(process.env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The function's environment is not complete. ${faults.join('; ')}`);
};

/** What Lambda says of the invocation's trace, and where the X-Ray daemon is: read anew each time, since the first is another one with each. */
export const traceVariables = (): { header: string | undefined; daemon: string | undefined } => ({
  header: process.env._X_AMZN_TRACE_ID,
  daemon: process.env.AWS_XRAY_DAEMON_ADDRESS,
});
