import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ContractApi } from '../constructs/contract-api.ts';
import { ContractRoute } from '../constructs/contract-route.ts';
import { type ServiceContext, ServiceFunction } from '../constructs/service-function.ts';
import { originCheck } from '../edge.ts';
import { folderOf } from '../functions.ts';

const PAGES = {
  OpenApi: '/openapi.json',
  CallSchema: '/schemas/call',
  Docs: '/docs',
  DocsAsset: '/docs/{asset}',
} as const;

/** Answers that are the same for everybody: one function gives them all. */
export class SiteStack extends Stack {
  constructor(scope: Construct, id: string, context: ServiceContext, contractApi: ContractApi) {
    super(scope, id, { env: { region: context.stage.region }, description: 'Shenbao: OpenAPI and its page, schemas' });
    const handler = new ServiceFunction(this, 'site', context, {
      folder: folderOf('site', 'site'),
      description: 'OpenAPI document and the page that explains it, schemas for editors',
      environment: originCheck(context.stage),
    });
    for (const [name, path] of Object.entries(PAGES)) {
      new ContractRoute(handler, `${name}Route`, {
        contractApi,
        operation: { method: 'GET', path, access: 'anyone' },
        handler,
        publicBecause: 'Documentation, the same for everybody.',
      });
    }
  }
}
