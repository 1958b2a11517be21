import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { OperationId } from '#shared/contract/operations.ts';
import type { TokenSource } from './constructs/contract-api.ts';
import type { FunctionCode } from './constructs/function-code.ts';
import type { ServiceFunction } from './constructs/service-function.ts';
import { RESOURCES } from './functions.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { EdgeStack } from './stacks/edge.ts';
import { FirewallStack } from './stacks/firewall.ts';
import { IdentityStack } from './stacks/identity.ts';
import { JobsStack } from './stacks/jobs.ts';
import { QueuesStack } from './stacks/queues.ts';
import { ResourceStack } from './stacks/resource.ts';
import { SiteStack } from './stacks/site.ts';
import { WatchStack } from './stacks/watch.ts';
import { type Stage, stackName } from './stage.ts';

const findFunction = (stacks: readonly ResourceStack[], id: OperationId): ServiceFunction => {
  const found = stacks.map(({ functions }) => functions.get(id)).find((each) => each !== undefined);
  if (!found) throw new Error(`No resource of the contract has the operation ${id}.`);
  return found;
};

/** Puts one stage of the whole system into an app: stacks by resource, so that each stays far below the 500 resources a stack may have. */
export const addShenbao = (app: App, stage: Stage, code: FunctionCode): void => {
  const nameOf = (stack: string): string => stackName(stage, stack);
  const identityOf = ({ identity: source }: Stage): { identity?: IdentityStack; tokens: TokenSource } => {
    if (source.kind === 'issuer') return { tokens: source };
    const identity = new IdentityStack(app, nameOf('identity'), stage);
    return { identity, tokens: identity.tokens };
  };

  const data = new DataStack(app, nameOf('data'), stage);
  const { identity, tokens } = identityOf(stage);
  const { contractApi } = new ApiStack(app, nameOf('api'), stage, tokens);
  if (stage.firewall !== undefined) new FirewallStack(app, nameOf('firewall'), stage, stage.firewall);
  if (stage.edge !== undefined) new EdgeStack(app, nameOf('edge'), stage, stage.edge, contractApi);
  const queues = new QueuesStack(app, nameOf('queues'), stage);
  const context = { stage, data, identity, queues, code };
  const resourceStacks = RESOURCES.map((name) => new ResourceStack(app, nameOf(name), name, context, contractApi));
  new SiteStack(app, nameOf('site'), context, contractApi);
  const jobs = new JobsStack(app, nameOf('jobs'), context);
  const submit = findFunction(resourceStacks, 'submitSubmission');
  new WatchStack(app, nameOf('watch'), { stage, data, contractApi, submit, jobs, queues });

  Tags.of(app).add('application', 'shenbao');
  Tags.of(app).add('stage', stage.name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
};
