// In the last hour of a call of 2,000 units, half of them submit, at some 40 requests each (forms, saves, uploads, checks):
// 1,000 × 40 / 3,600 s = 11 a second on average. The last minutes are ten times as busy: 110. Twice that is left for growth, and the burst is 2 s of it.
// At 100 ms each, 220 a second keep 22 functions busy, of the 1,000 that an account may run at once.
const throttle = { rate: 220, burst: 440 };

// Amazon SES is not in ap-east-1; Singapore is the nearest region that has it.
const ses = { kind: 'ses', region: 'ap-southeast-1' } as const;

const shared = {
  throttle,
  // A processor is shared by memory, 1,769 MB being a whole one; a cold start is mostly parsing code, so it needs the share and not the memory.
  memorySize: 1_024,
  // 1 USD a month each.
  signingKeys: 1,
  schedules: { advanceCallsMinutes: 1, sealCallsMinutes: 1, collectUploadsMinutes: 60, applyRetentionMinutes: 1_440 },
} as const;

/** The stages by name, as stage.ts parses them. Edit this file, and nothing else, to deploy. */
export const STAGES = {
  dev: {
    ...shared,
    partition: 'aws',
    region: 'ap-east-1',
    identity: { kind: 'cognito' },
    corsOrigins: ['http://localhost:5173'],
    logRetentionDays: 14,
    logLevel: 'DEBUG',
    tracing: true,
    malwareScanning: 'none',
    mail: { ...ses, from: { address: 'noreply@dev.example.org', name: '申报系统（测试）' } },
  },
  prod: {
    ...shared,
    partition: 'aws',
    region: 'ap-east-1',
    identity: { kind: 'cognito' },
    corsOrigins: ['https://shenbao.example.org'],
    logRetentionDays: 180,
    logLevel: 'INFO',
    tracing: false,
    malwareScanning: 'guardduty',
    mail: { ...ses, from: { address: 'noreply@shenbao.example.org', name: '申报系统' } },
  },
  'prod-cn': {
    ...shared,
    partition: 'aws-cn',
    region: 'cn-northwest-1',
    // An example: name the provider that your people already have (Keycloak, Authing, a ministry's own), or give it by -c issuer=… -c audience=….
    identity: {
      kind: 'issuer',
      issuer: 'https://login.example.org/realms/shenbao',
      audience: 'shenbao',
      accessTokenClaim: { name: 'typ', value: 'Bearer' },
    },
    corsOrigins: ['https://shenbao.example.org'],
    logRetentionDays: 180,
    logLevel: 'INFO',
    tracing: false,
    malwareScanning: 'none',
    mail: {
      kind: 'smtp',
      from: { address: 'noreply@shenbao.example.org', name: '申报系统' },
      host: 'smtp.example.org',
      port: 465,
      security: 'tls',
      user: 'noreply@shenbao.example.org',
      passwordSecret: 'shenbao/prod-cn/smtp-password',
    },
  },
  /** What infra/local serves on one machine. */
  local: {
    ...shared,
    partition: 'aws',
    region: 'ap-east-1',
    identity: { kind: 'cognito' },
    corsOrigins: ['*'],
    logRetentionDays: 1,
    logLevel: 'INFO',
    tracing: false,
    malwareScanning: 'guardduty',
    webhooks: 'loopback',
    mail: { ...ses, from: { address: 'noreply@shenbao.example.org', name: '申报系统' } },
  },
} as const;

export type StageName = keyof typeof STAGES;
