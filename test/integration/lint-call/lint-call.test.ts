import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const CHANGDE = 'shared/calls/changde-2022/call.yaml';

const lint = (...parameters: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/lint-call/lint-call.ts', ...parameters], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test('lint-call ends with 0 for a notice of this repository, which has a warning for each of its two bare deadlines', () => {
  expect(lint(CHANGDE)).toEqual({
    status: 0,
    stdout: expect.stringMatching(
      /^(shared\/calls\/changde-2022\/call\.yaml:\d+:\d: warning DEADLINE_WITHOUT_HOUR (paper\.)?closes: 没有写明时刻，.*\n){2}0 处错误，2 处提醒。\n$/,
    ),
    stderr: '',
  });
});

test('lint-call ends with 1 for what is no call at all', () => {
  const { status, stdout, stderr } = lint('package.json', '--lang', 'en');
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(/^package\.json:1:1: error REQUIRED title: Needed\.\n/);
});

test('lint-call ends with 2 and one line for a file that is not there', () => {
  expect(lint('nowhere.yaml')).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^\S*nowhere\.yaml 读不到：.*\n$/),
  });
});
