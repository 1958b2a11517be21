import { describe, expect, it } from 'vitest';
import { findStage, parseStage } from '#infra/stage.ts';
import { STAGES } from '#infra/stages.ts';

describe('settings of a stage', () => {
  it.each(Object.keys(STAGES))('of %s are right as they are written', (name) => {
    expect(findStage(name)).toMatchObject({ name });
  });

  it('refuse Cognito in aws-cn and say what to do instead', () => {
    const settings = { ...STAGES['prod-cn'], identity: { kind: 'cognito' } };
    expect(() => parseStage('prod-cn', settings)).toThrow(
      /"prod-cn".*\n {2}identity: there are no Cognito user pools in aws-cn: name an existing OpenID provider/,
    );
  });

  it('refuse X-Ray in aws-cn', () => {
    expect(() => parseStage('prod-cn', { ...STAGES['prod-cn'], tracing: true })).toThrow(
      /tracing: X-Ray does not trace/,
    );
  });

  it('refuse a region of another partition', () => {
    expect(() => parseStage('prod', { ...STAGES.prod, region: 'cn-north-1' })).toThrow(
      /region: cn-north-1 is not a region of the partition aws$/,
    );
    expect(() => parseStage('prod-cn', { ...STAGES['prod-cn'], region: 'eu-west-1' })).toThrow(/not a region/);
  });

  it('refuse an issuer that is asked in the clear', () => {
    expect(() => findStage('prod-cn', { issuer: 'http://login.example.org' })).toThrow(
      /identity\.issuer: API Gateway asks an issuer over https alone/,
    );
    expect(() => findStage('prod-cn', { issuer: 'http://127.0.0.1:4001' })).toThrow(/over https alone/);
  });

  it('refuse Amazon SES in aws-cn, and in a region that has none', () => {
    const cn = { ...STAGES['prod-cn'], mail: STAGES.prod.mail };
    expect(() => parseStage('prod-cn', cn)).toThrow(/mail: there is no Amazon SES in aws-cn: .* kind "smtp"/);
    const there = { ...STAGES.prod, mail: { ...STAGES.prod.mail, region: 'ap-east-1' } };
    expect(() => parseStage('prod', there)).toThrow(/mail\.region: there is no Amazon SES in ap-east-1: name another/);
  });

  it('refuse a mail server that is spoken to in the clear, or a user without a password', () => {
    const { passwordSecret: _, ...withoutPassword } = STAGES['prod-cn'].mail;
    expect(() => parseStage('prod-cn', { ...STAGES['prod-cn'], mail: withoutPassword })).toThrow(
      /mail\.passwordSecret: a user needs the secret/,
    );
    const clear = { ...STAGES['prod-cn'].mail, security: 'none' };
    expect(() => parseStage('prod-cn', { ...STAGES['prod-cn'], mail: clear })).toThrow(/mail\.security: /);
  });

  it('put events on no bus unless they name one', () => {
    expect(findStage('prod').events).toEqual({});
    const named = { ...STAGES.prod, events: { bus: 'shenbao' } };
    expect(parseStage('prod', named).events).toEqual({ bus: 'shenbao' });
  });

  it('list every fault by its path', () => {
    const settings = {
      ...STAGES.prod,
      corsOrigins: ['https://shenbao.example.org/'],
      logRetentionDays: 2,
      colour: 'red',
    };
    expect(() => parseStage('prod', settings)).toThrow(/corsOrigins\.0: an origin is.*logRetentionDays:.*colour/s);
  });

  it('name the stages there are, for one that is not', () => {
    expect(() => findStage('production')).toThrow(
      'There is no stage "production": choose one of dev, prod, prod-cn, local',
    );
  });

  it('take issuer and audience from the command line', () => {
    expect(findStage('prod-cn', { issuer: 'https://login.example.cn', audience: 'mine' }).identity).toEqual({
      kind: 'issuer',
      issuer: 'https://login.example.cn',
      audience: 'mine',
      accessTokenClaim: { name: 'typ', value: 'Bearer' },
    });
  });

  it('refuse an issuer where the stage makes its own user pool', () => {
    expect(() => findStage('prod', { issuer: 'https://login.example.org' })).toThrow(/makes its own user pool/);
  });
});
