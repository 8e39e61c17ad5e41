import { expect, it, vi } from 'vitest';
import { objectUrl } from './object-url.ts';

const types = (made: { mock: { calls: unknown[][] } }) =>
  made.mock.calls.map(([blob]) => (blob as Blob).type);

it('gives a blob the requested type', () => {
  const made = vi.spyOn(URL, 'createObjectURL');
  const page = new Blob(['<script>1</script>'], { type: 'text/html' });
  for (const type of ['image/jpeg', 'application/octet-stream']) {
    const url = objectUrl(page, type);
    expect(url).toMatch(/^blob:/);
    URL.revokeObjectURL(url);
  }
  expect(types(made)).toEqual(['image/jpeg', 'application/octet-stream']);
});

it.each([
  '',
  'text/html',
  'text/plain',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/javascript',
])('rejects %j', (type) => {
  expect(() => objectUrl(new Blob(['x'], { type: 'image/png' }), type)).toThrow('no address');
});
