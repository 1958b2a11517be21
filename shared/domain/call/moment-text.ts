const BARE_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A deadline as a notice would print it, with its zone. Words only, for what nothing is decided by: a bare date is that day's 24:00. The instants a call
 * opens and closes at are computed once, when it is saved (`windowOf`).
 */
export const momentText = (moment: string, timezone: string): string => {
  const [, year, month, day] = BARE_DATE.exec(moment) ?? [];
  if (year !== undefined) return `${year}年${Number(month)}月${Number(day)}日24:00（${timezone}）`;
  const words = new Intl.DateTimeFormat('zh-CN', {
    timeZone: timezone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment));
  return `${words.replace(' ', '')}（${timezone}）`;
};
