/** The throttle of the stage's default route settings. */
export interface ThrottleSettings {
  /** Requests a second, in the long run. */
  rateLimit: number;
  /** The bucket's size: so many at once when nothing came for a while. */
  burstLimit: number;
}

/**
 * A token bucket; a token counts for a request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 * @param now the clock, in ms
 * @returns whether the request may pass
 */
export const createTokenBucket = ({ rateLimit, burstLimit }: ThrottleSettings, now: () => number) => {
  let tokens = burstLimit;
  let filledAt = now();
  return (): boolean => {
    const time = now();
    tokens = Math.min(burstLimit, tokens + (Math.max(0, time - filledAt) / 1000) * rateLimit);
    filledAt = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
