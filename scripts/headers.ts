/**
 * What the app's server says of it. `connect-src 'self'` is the privacy promise in a form that the
 * browser enforces; the two Cross-Origin headers isolate the page, which WASM threads need.
 */
const directives: Record<string, string> = {
  'default-src': "'self'",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'worker-src': "'self' blob:",
  'img-src': "'self' blob: data:",
  'script-src': "'self' 'wasm-unsafe-eval'",
};

const policy = (names: string[]) => names.map((name) => `${name} ${directives[name]}`).join('; ');

export const contentSecurityPolicy = policy(Object.keys(directives));

/** `frame-ancestors` counts only in a header; in a meta element it is an error on the console. */
export const metaPolicy = policy(Object.keys(directives).filter((n) => n !== 'frame-ancestors'));

export function securityHeaders(csp: string | null): Record<string, string> {
  return {
    ...(csp ? { 'Content-Security-Policy': csp } : {}),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
