import type { Condition } from '#shared/domain/call/condition.ts';
import type { Material } from '#shared/domain/call/definition.ts';
import type { RuleFacts } from '#shared/domain/expression/facts.ts';
import { categoryScope } from '#shared/domain/expression/scope.ts';
import type { Scope } from '#shared/domain/expression/shape.ts';
import { FormDefinition } from '#shared/domain/form/definition.ts';

const field = (key: string, more: object) => ({ key, label: key, ...more });

/** One field of every type. */
export const ruleForm = (): FormDefinition =>
  FormDefinition.parse({
    title: '申报书',
    sections: [
      {
        title: '项目',
        fields: [
          field('name', { type: 'text', maxLength: 60 }),
          field('summary', { type: 'text', maxLength: 2_000, multiline: true }),
          field('from', { type: 'date' }),
          field('until', { type: 'date' }),
          field('people', { type: 'integer' }),
          field('total', { type: 'money', unit: '万元' }),
          field('requested', { type: 'money', unit: '元' }),
          field('kind', { type: 'choice', options: ['论坛', '年会'].map((value) => ({ value, label: value })) }),
          field('topics', { type: 'choices', options: ['甲', '乙', '丙'].map((value) => ({ value, label: value })) }),
          field('hasSite', { type: 'boolean' }),
          field('members', {
            type: 'table',
            maxRows: 20,
            columns: [
              field('name', { type: 'text', maxLength: 20 }),
              field('born', { type: 'date' }),
              field('cost', { type: 'money', unit: '元' }),
              field('days', { type: 'integer' }),
            ],
          }),
        ],
      },
    ],
  });

const proof: Material = {
  key: 'proof',
  title: '证明',
  required: false,
  accept: ['pdf'],
  maxSize: '20MB',
  maxCount: 3,
  priority: false,
};

const declared: Condition = { text: '有活动场地', effect: 'gate', declare: 'ownSite' };

export const ruleScope = (): Scope => categoryScope(ruleForm(), { materials: [proof] }, [declared]);

/** Everything a rule of `ruleScope` can read is there. */
export const wholeFacts = (): Required<RuleFacts> => ({
  unit: {
    kinds: ['市级学会', '团体会员'],
    rating: 3,
    foundedOn: '2011-05-01',
    foundedYear: 2011,
    flags: ['hasPartyBranch'],
  },
  call: { fiscalYear: 2026, opensOn: '2026-03-01', closesOn: '2026-03-31', today: '2026-03-15' },
  submission: { category: '1', partners: 2, partnerKinds: ['高校科协'], attachments: { proof: 1 } },
  answers: {
    name: '科普进社区',
    summary: '面向社区居民开展科普讲座。',
    from: '2026-05-01',
    until: '2026-05-03',
    people: 120,
    total: '1.5',
    requested: '9999.99',
    kind: '论坛',
    topics: ['甲', '丙'],
    hasSite: true,
    ownSite: true,
    members: [
      { name: '张三', born: '1990-06-01', cost: '100.5', days: 2 },
      { name: '李四', born: '1980-02-29', cost: '0.01', days: 3 },
    ],
  },
});
