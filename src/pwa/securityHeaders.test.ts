import { describe, expect, it } from 'vitest';
import {
  contentSecurityPolicy,
  metaPolicy,
  securityHeaders,
  withSecurityHeaders,
} from './securityHeaders.ts';

const wanted = Object.entries(securityHeaders(contentSecurityPolicy));

describe('withSecurityHeaders', () => {
  it('adds all headers to a response without them and preserves the rest', async () => {
    const answer = withSecurityHeaders(
      new Response('body', { status: 203, statusText: 'Kept', headers: { 'Content-Type': 'a/b' } }),
    );
    for (const [name, value] of wanted) expect(answer.headers.get(name)).toBe(value);
    expect(answer.headers.get('Content-Type')).toBe('a/b');
    expect([answer.status, answer.statusText, await answer.text()]).toEqual([203, 'Kept', 'body']);
  });

  it('replaces existing headers, so that no host or earlier version weakens them', () => {
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

  it('passes through responses without a body and error responses', () => {
    expect(withSecurityHeaders(new Response(null, { status: 204 })).status).toBe(204);
    const refused = Response.error();
    expect(withSecurityHeaders(refused)).toBe(refused);
  });
});

it('the policy denies everything not listed, and the meta element has every directive that applies there', () => {
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'; /);
  expect(contentSecurityPolicy).not.toMatch(/\*|https?:|unsafe-inline|'unsafe-eval'/);
  expect(`${metaPolicy}`.split('; ')).toEqual(
    contentSecurityPolicy.split('; ').filter((each) => !each.startsWith('frame-ancestors')),
  );
});
