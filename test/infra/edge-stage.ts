import { parseStage, type Stage } from '#infra/stage.ts';
import { STAGES } from '#infra/stages.ts';

export const EDGE = {
  domain: 'api.shenbao.example.org',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/11111111-2222-3333-4444-555555555555',
  firewallArn: 'arn:aws:wafv2:us-east-1:000000000000:global/webacl/shenbao-prod/11111111-2222-3333-4444-555555555555',
  originSecrets: ['shenbao/prod/origin-b', 'shenbao/prod/origin-a'],
};

/** A stage with CloudFront in front and a firewall of its own, while a secret is put in the other's place. */
export const edgeStage = (settings: { edge?: object; firewall?: object } = {}): Stage =>
  parseStage('prod', {
    ...STAGES.prod,
    edge: { ...EDGE, ...settings.edge },
    firewall: { ...settings.firewall },
  });
