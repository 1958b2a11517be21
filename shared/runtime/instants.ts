/** The one form in which times are stored, compared and sent: ISO 8601 in UTC with milliseconds, 24 characters, so that string order is time order. */
export const toInstant = (milliseconds: number): string => new Date(milliseconds).toISOString();
