const numbered = (part: number): string => String(part).padStart(4, '0');

/** Where the file of a part lies. Keys are made of ids alone; the name it is saved under is told with its address. */
export const exportPartKey = (exportId: string, part: number): string => `exports/${exportId}/${numbered(part)}`;

/** Where the ids lie that a plan puts into a part. */
export const exportPlanKey = (exportId: string, planId: string, part: number): string =>
  `exports/${exportId}/plan-${planId}/${numbered(part)}.json`;
