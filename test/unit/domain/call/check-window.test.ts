import { describe, expect, it } from 'vitest';
import { checkPaper } from '#shared/domain/call/check-paper.ts';
import { checkWindow } from '#shared/domain/call/check-window.ts';
import { callHead } from '#test/support/calls.ts';

const timezone = 'Asia/Shanghai';

describe('checkWindow', () => {
  it.each<[what: string, written: Parameters<typeof checkWindow>[0], faults: readonly string[]]>([
    ['years before any call', { opens: '1999-12-31', closes: '2022-03-31', timezone }, ['opens NOT_A_DATE']],
    ['years behind any call', { opens: '2022-03-01', closes: '2200-01-01', timezone }, ['closes NOT_A_DATE']],
    [
      'both, and no zone',
      { opens: '1999-12-31', closes: '2200-01-01', timezone: 'Mars' },
      ['opens NOT_A_DATE', 'closes NOT_A_DATE', 'timezone UNKNOWN_TIMEZONE'],
    ],
    [
      'a close before the opening',
      { opens: '2022-03-02', closes: '2022-03-01', timezone },
      ['closes CLOSES_BEFORE_OPENS'],
    ],
    [
      'a close with the opening',
      { opens: '2022-03-02T09:00:00+08:00', closes: '2022-03-02T09:00:00+08:00', timezone },
      ['closes CLOSES_BEFORE_OPENS'],
    ],
    ['nothing of an opening that is missing', { opens: undefined, closes: '2022-03-31', timezone }, []],
    ['nothing of a close that is missing', { opens: '2022-03-01', closes: undefined, timezone }, []],
    ['nothing of a zone that is missing', { opens: '2022-03-01', closes: '2022-03-31', timezone: undefined }, []],
  ])('tells %s, and gives neither a window nor a warning', (_, written, faults) => {
    const { window, ...found } = checkWindow(written);
    expect(window).toBeUndefined();
    expect(found.faults.map(({ path, code }) => `${path} ${code}`)).toEqual(faults);
    expect(found.warnings).toEqual([]);
  });

  it('takes the first year and the last', () => {
    const { faults, window } = checkWindow({ opens: '2000-01-01', closes: '2199-12-30T00:00:00+08:00', timezone });
    expect(faults).toEqual([]);
    expect(window?.opensAt).toBe('1999-12-31T16:00:00.000Z');
  });
});

describe('checkPaper', () => {
  const paper = (closes?: string) => ({ copies: 1, closes, afterFormalCheck: false });

  it.each([
    ['no paper', undefined, callHead()],
    ['paper without a deadline of its own', paper(), callHead()],
    ['paper of a call whose window is unknown', paper('2022-03-01'), undefined],
    ['paper due at the very end, with the hour', paper('2022-04-01T00:00:00+08:00'), callHead()],
  ])('says nothing of %s', (_, written, window) => {
    expect(checkPaper(written, window)).toEqual({ faults: [], warnings: [] });
  });

  it('says nothing more of a deadline in no year of a call', () => {
    expect(checkPaper(paper('1999-12-31'), callHead())).toEqual({
      faults: [{ path: 'paper.closes', code: 'NOT_A_DATE' }],
      warnings: [],
    });
  });
});
