import { expect, it } from 'vitest';
import { canRetry } from './can-retry.ts';

it('offers another try only for files that could be imported then', () => {
  expect(canRetry({ code: 'decoder-failed' })).toBe(true);
  expect(canRetry({ code: 'unreadable-file', details: { reason: 'closed' } })).toBe(true);
  expect(canRetry({ code: 'unreadable-file', details: { reason: 'gone' } })).toBe(false);
  expect(canRetry({ code: 'unsupported-format', details: { reason: 'kind' } })).toBe(false);
  expect(canRetry({ code: 'empty-file' })).toBe(false);
  expect(canRetry({ code: 'unreadable-folder' })).toBe(false);
});
