import type { Stack } from 'aws-cdk-lib';
import * as z from 'zod';
import type { GrantTarget } from '../grants.ts';
import { sesIdentity } from '../mail.ts';
import type { DataStack } from '../stacks/data.ts';
import type { IdentityStack } from '../stacks/identity.ts';
import type { QueuesStack } from '../stacks/queues.ts';
import type { Stage } from '../stage.ts';

/** The stacks that hold what functions touch, and the settings that name what no stack holds. */
export interface Holders {
  readonly stage: Pick<Stage, 'mail' | 'events' | 'webhooks' | 'malwareScanning'>;
  readonly data: DataStack;
  /** Absent where the stage has a provider of its own. */
  readonly identity?: IdentityStack | undefined;
  readonly queues: QueuesStack;
}

/** A target as a policy of another stack and a function's environment name it. */
export interface NamedTarget {
  /** What actions are granted on; none where none is needed. */
  readonly arns: readonly string[];
  /** The same as cdk-nag writes it in the id of a finding. */
  readonly findingName?: string;
  /** What the SDK calls the table, bucket, user pool, bus or key (several joined by commas), a queue's URL, or the settings themselves. */
  readonly name: string;
}

const Imported = z.object({ 'Fn::ImportValue': z.string() });

const exported = (holder: Stack, arn: string, name: string, path = ''): NamedTarget => {
  const imported = holder.exportValue(arn);
  const exportName = Imported.parse(holder.resolve(imported))['Fn::ImportValue'];
  return { arns: [`${imported}${path}`], findingName: `${exportName}${path}`, name };
};

const together = (targets: readonly NamedTarget[]): NamedTarget | undefined =>
  targets.length === 0
    ? undefined
    : { arns: targets.flatMap(({ arns }) => arns), name: targets.map(({ name }) => name).join(',') };

const mailTarget = ({ stage: { mail }, data }: Holders): NamedTarget => {
  const name = JSON.stringify(mail);
  if (mail.kind === 'smtp') return { name, arns: [] };
  const { region } = mail;
  return {
    name,
    arns: [data.formatArn({ service: 'ses', region, resource: 'identity', resourceName: sesIdentity(mail) })],
  };
};

/** Undefined for what the stage does not have. */
export const namedTarget = (target: GrantTarget, holders: Holders): NamedTarget | undefined => {
  const { data, identity, queues, stage } = holders;
  switch (target.kind) {
    case 'table':
    case 'index': {
      const { tableArn, tableName } = data.tables[target.table];
      return exported(data, tableArn, tableName, target.kind === 'index' ? `/index/${target.index}` : '');
    }
    case 'bucket':
    case 'objects': {
      const { bucketArn, bucketName } = data.buckets[target.bucket];
      return exported(data, bucketArn, bucketName, target.kind === 'objects' ? `/${target.prefix}*` : '');
    }
    case 'userPool':
      return identity && exported(identity, identity.userPool.userPoolArn, identity.userPool.userPoolId);
    case 'signingKey': {
      const { keyArn, keyId } = data.signingKeys.current;
      return exported(data, keyArn, keyId);
    }
    case 'earlierSigningKeys':
      return together(data.signingKeys.earlier.map(({ keyArn, keyId }) => exported(data, keyArn, keyId)));
    case 'queue': {
      const { queueArn, queueUrl } = queues.queues[target.queue].queue;
      return exported(queues, queueArn, queueUrl);
    }
    case 'mailSettings':
      return mailTarget(holders);
    case 'mailPassword': {
      const secret = stage.mail.kind === 'smtp' ? stage.mail.passwordSecret : undefined;
      // CloudFormation puts the secret's text there when it deploys: no function needs a right to it, or a client to ask for it.
      return secret === undefined ? undefined : { arns: [], name: `{{resolve:secretsmanager:${secret}:SecretString}}` };
    }
    case 'webhookReach':
      return { name: stage.webhooks, arns: [] };
    case 'malwareScanning':
      return { name: stage.malwareScanning, arns: [] };
    case 'eventBus': {
      const name = stage.events.bus;
      if (name === undefined) return undefined;
      return { name, arns: [data.formatArn({ service: 'events', resource: 'event-bus', resourceName: name })] };
    }
  }
};
