import { expect, it } from 'vitest';
import { OpaqueKeys } from './opaqueKeys.ts';

const HASHED = `${'ab'.repeat(32)}:040200100400`;

function keysOf(meta: Map<string, unknown>): Promise<OpaqueKeys> {
  return OpaqueKeys.of({
    async keep(name, fresh, isRight) {
      if (!isRight(meta.get(name))) meta.set(name, fresh);
      return meta.get(name);
    },
  });
}

it('returns the same key every time, and a different one in another library', async () => {
  const meta = new Map<string, unknown>();
  const key = (await keysOf(meta)).of(HASHED);
  expect(key).toMatch(/^[0-9a-f]{16}$/);
  expect((await keysOf(meta)).of(HASHED)).toBe(key);
  expect((await keysOf(meta)).meant(key)).toBe(key);
  expect((await keysOf(meta)).meant(HASHED)).toBe(key);
  expect((await keysOf(new Map())).of(HASHED)).not.toBe(key);
});

it('hides names and ids that came from a file', async () => {
  const keys = await keysOf(new Map());
  for (const key of ['Amelia', '3f1c2b5a-0000-4000-8000-000000000000', '', '00ff'.repeat(4)]) {
    expect(keys.of(key)).toMatch(/^[0-9a-f]{16}$/);
    expect(keys.of(key)).not.toBe(key);
  }
});

it('creates a new secret if the stored one is invalid', async () => {
  for (const kept of [undefined, 'x', new Uint8Array(15), new Uint8Array(17), []]) {
    const meta = new Map<string, unknown>([['faces.address-secret', kept]]);
    expect((await keysOf(meta)).of('a')).toMatch(/^[0-9a-f]{16}$/);
    expect((meta.get('faces.address-secret') as Uint8Array).length).toBe(16);
  }
});
