/**
 * How long and from which seed the attacks run. `npm run test:attacks` has the long counts; one that failed is run alone by
 * `ATTACK_SEED=SEED ATTACK_RUNS=RUNS npx vitest run test/attacks/FILE -t TITLE`.
 */
export const RUNS = Number(process.env.ATTACK_RUNS ?? 1);
export const SEED = Number(process.env.ATTACK_SEED ?? 20221122);
export const IS_LONG = RUNS > 1;
