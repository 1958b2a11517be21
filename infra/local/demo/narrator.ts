/** Tells the demo, in numbered scenes. */
export interface Narrator {
  scene(title: string): void;
  tell(sentence: string): void;
}

export const createNarrator = (): Narrator => {
  let scenes = 0;
  const say = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  return {
    scene: (title) => {
      scenes += 1;
      say(`\n${scenes}. ${title}`);
    },
    tell: (sentence) => say(`   ${sentence}`),
  };
};
