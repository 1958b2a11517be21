import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '#infra/local/start-stack.ts';

const run = promisify(execFile);

let stack: Stack;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shenbao-tour-'));
  stack = await startStack({ dataDir, fresh: true });
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

it("the README's tour, pasted as it is written, ends in a submission the officer sees", async () => {
  const readme = await readFile('README.md', 'utf8');
  const blocks = [...readme.matchAll(/```sh tour\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(5);
  const script = blocks.join('\n').replaceAll('http://localhost:4000', stack.url);
  const { stdout, stderr } = await run(
    'bash',
    ['-euo', 'pipefail', '-c', `${script}\nprintf '\\n%s %s' "$ID" "$RECEIPT"`],
    {
      env: { ...process.env, DATA_DIR: dataDir },
      maxBuffer: 10 * 1024 * 1024,
    },
  );
  expect(stderr).not.toContain('curl:');
  const [submissionId, receiptNo] = stdout.slice(stdout.lastIndexOf('\n') + 1).split(' ');
  expect(receiptNo).toMatch(/^[0-9a-z]{26}$/);
  expect(stdout).toContain('"verdict":"mayApply"');
  expect(stdout).toContain('"reason":"贵单位登记的单位类型：高校科协。"');
  expect(stdout).toContain('"ready":true');
  expect(stdout).toContain('"code":"MATERIAL_MISSING"');
  expect(stdout).toContain('"role":"partner"');
  expect(stdout).toContain('"partners":[{"unitId":"changde-nongxue","name":"常德市农学会"}]');
  expect(stdout).toContain('"code":"VALIDATION_FAILED"');
  expect(stdout).toContain('"organizationId":"changde-yixue","name":"常德市医学会","kinds":["市级学会"],"rating":');
  expect(stdout).toContain(`"receiptNo":"${receiptNo}","callId":"changde-2022"`);
  expect(stdout).toMatch(/"jws":"[\w-]+\.[\w-]+\.[\w-]{86}"/);
  expect(stdout).toContain('{"keys":[{"kty":"EC","crv":"P-256",');
  expect(stdout).toContain('"name":"常德市医学会","kinds":["市级学会"],"role":"applicant","user":{"name":"张仲景"');
  expect(stdout).toContain('"owner":"unit"');
  expect(stdout).toContain('"reason":"已恢复供电"');
  expect(stdout).toContain('"username":"yixue-zhang"');
  expect(stdout).toMatch(/"subject":"[^"]*已提交[^"]*"/);
  expect(stdout).toMatch(/"secret":"whsec_/);
  expect(stdout).toMatch(/"enabled":false,"state":"initialPassword"\}/);
  const officer = await fetch(`${stack.url}/calls/changde-2022/submissions?status=submitted`, {
    headers: { authorization: `Bearer ${await stack.token('officer')}` },
  });
  expect(await officer.json()).toMatchObject({ items: [{ submissionId, status: 'submitted', partnerCount: 1 }] });
}, 180_000);
