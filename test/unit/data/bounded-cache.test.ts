import { describe, expect, it } from 'vitest';
import { boundedCache } from '#shared/data/bounded-cache.ts';

/** A cache of names, each of a size, that says what it had to load. */
const loading = (capacity: number) => {
  const cache = boundedCache<string>(capacity);
  const loaded: string[] = [];
  const get = (name: string, size = 1) =>
    cache.get(name, async () => {
      loaded.push(name);
      return { value: name, size };
    });
  return { cache, loaded, get };
};

describe('a bounded cache', () => {
  it('loads once what fits', async () => {
    const { loaded, get } = loading(3);
    for (const name of ['a', 'b', 'c', 'a', 'b', 'c']) expect(await get(name)).toBe(name);
    expect(loaded).toEqual(['a', 'b', 'c']);
  });

  it('drops what was not asked for the longest, as much as the new one needs', async () => {
    const { loaded, get } = loading(4);
    await get('a', 2);
    await get('b', 1);
    await get('c', 1);
    await get('a', 2);
    await get('d', 2);
    loaded.length = 0;
    for (const name of ['a', 'd', 'b', 'c']) await get(name);
    expect(loaded).toEqual(['b', 'c']);
  });

  it('keeps one that is larger than all, until the next', async () => {
    const { loaded, get } = loading(4);
    for (const name of ['large', 'large']) await get(name, 9);
    for (const name of ['small', 'small']) await get(name);
    await get('large', 9);
    expect(loaded).toEqual(['large', 'small', 'large']);
  });

  it('keeps neither a failure nor what is not there', async () => {
    const { cache, get } = loading(4);
    await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('a', async () => undefined)).toBeUndefined();
    expect(await get('a')).toBe('a');
  });
});
