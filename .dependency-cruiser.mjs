/** Imports point one way. Each rule names a part and what it may reach; all else is an error. `npm run imports` holds it. */
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(infra|functions|shared|test)/', pathNot: allowed },
});
const library = (name, from, ...forbidden) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: forbidden.map((path) => `node_modules/${path}`) },
});

export default {
  forbidden: [
    only('contract reaches zod alone', '^shared/contract/', '^shared/contract/'),
    only('domain reaches the contract', '^shared/domain/', '^shared/(domain|contract)/'),
    only('data reaches domain and runtime', '^shared/data/', '^shared/(data|domain|contract|runtime)/'),
    only('storage reaches domain and runtime', '^shared/storage/', '^shared/(storage|domain|contract|runtime)/'),
    only('identity reaches domain and runtime', '^shared/identity/', '^shared/(identity|domain|contract|runtime)/'),
    only('signing reaches domain and runtime', '^shared/signing/', '^shared/(signing|domain|contract|runtime)/'),
    only(
      'http reaches contract, domain errors, what is said by code, how HTML is escaped, and runtime',
      '^shared/http/',
      '^shared/(http|contract|runtime)/',
      '^shared/domain/(escape-html|fault|fault-list|sentence|changes/change|schema-faults|domain-error|invalid-request|unavailable)\\.ts$',
    ),
    only(
      'messages reach data, domain and runtime, and how a sentence is filled',
      '^shared/messages/',
      '^shared/(messages|data|domain|contract|runtime)/',
      '^shared/http/(fill|locale)\\.ts$',
    ),
    only('files reach nothing', '^shared/files/', '^shared/files/'),
    only('runtime reaches nothing', '^shared/runtime/', '^shared/runtime/'),
    only('functions reach shared', '^functions/', '^shared/', '^functions/'),
    only(
      'infra reaches the contract',
      '^infra/(app|stage|stages|access|stacks|constructs)',
      '^infra/',
      '^shared/contract/',
    ),
    only('nothing of the project reaches its tests', '^(infra|functions|shared)/', '^(infra|functions|shared)/'),
    {
      name: 'no function reaches another one',
      severity: 'error',
      from: { path: '^functions/([^/]+/[^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/$1/' },
    },
    library('the CDK stays in infra', '^(functions|shared)/', 'aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild'),
    library(
      'contract and domain know no AWS',
      '^shared/(contract|domain)/',
      '@aws-sdk',
      '@smithy',
      '@middy',
      '@aws-lambda-powertools',
    ),
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^aws-lambda$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
