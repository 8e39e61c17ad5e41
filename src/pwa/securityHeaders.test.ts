import { describe, expect, it } from 'vitest';
import {
  contentSecurityPolicy,
  metaPolicy,
  securityHeaders,
  withSecurityHeaders,
} from './securityHeaders.ts';

const wanted = Object.entries(securityHeaders(contentSecurityPolicy));

describe('withSecurityHeaders', () => {
  it('sets all of them on an answer that has none, and keeps what it is', async () => {
    const answer = withSecurityHeaders(
      new Response('body', { status: 203, statusText: 'Kept', headers: { 'Content-Type': 'a/b' } }),
    );
    for (const [name, value] of wanted) expect(answer.headers.get(name)).toBe(value);
    expect(answer.headers.get('Content-Type')).toBe('a/b');
    expect([answer.status, answer.statusText, await answer.text()]).toEqual([203, 'Kept', 'body']);
  });

  it('takes the place of older ones, so that no host and no earlier version weakens them', () => {
    const answer = withSecurityHeaders(
      new Response('', {
        headers: {
          'content-security-policy': 'default-src *',
          'Cross-Origin-Resource-Policy': 'cross-origin',
        },
      }),
    );
    for (const [name, value] of wanted) expect(answer.headers.get(name)).toBe(value);
  });

  it('gives on what has no body, and what cannot be read', () => {
    expect(withSecurityHeaders(new Response(null, { status: 204 })).status).toBe(204);
    const refused = Response.error();
    expect(withSecurityHeaders(refused)).toBe(refused);
  });
});

it('the policy refuses what is not named, and the meta element has all of it that counts there', () => {
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'; /);
  expect(contentSecurityPolicy).not.toMatch(/\*|https?:|unsafe-inline|'unsafe-eval'/);
  expect(`${metaPolicy}`.split('; ')).toEqual(
    contentSecurityPolicy.split('; ').filter((each) => !each.startsWith('frame-ancestors')),
  );
});
