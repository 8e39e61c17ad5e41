import { describe, expect, it } from 'vitest';
import { hostOf, isWebAddress } from './web-address.ts';

describe('web addresses', () => {
  it.each(['https://shop.example/jam', 'http://localhost:8080', 'HTTPS://a.example'])(
    'include %s',
    (text) => {
      expect(isWebAddress(text)).toBe(true);
    },
  );

  it.each([
    '',
    'jam',
    'javascript:alert(1)',
    'https://',
    'https://a b',
    'https://bank@evil.example',
  ])('don’t include “%s”', (text) => {
    expect(isWebAddress(text)).toBe(false);
  });

  it('are shown by their host', () => {
    expect(hostOf('https://shop.example/jam?id=1')).toBe('shop.example');
    expect(hostOf('jam')).toBe('jam');
  });
});
