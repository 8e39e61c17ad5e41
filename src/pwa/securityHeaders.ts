// Security headers for every response on any host: the development and preview servers send them,
// the service worker adds them to everything it serves, and other hosts should send them.

/**
 * Content security policy that keeps the browser from fetching, sending, embedding or running
 * anything foreign. `connect-src 'self'` is the privacy promise in a form the browser enforces.
 * Anything not listed is refused. Script and worker URLs must pass `trustOwnScripts`; markup from
 * strings is refused altogether.
 */
const directives: Record<string, string> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
};

const policy = (names: string[]) => names.map((name) => `${name} ${directives[name]}`).join('; ');

export const contentSecurityPolicy = policy(Object.keys(directives));

/** `frame-ancestors` only works in a header; in a meta element it logs a console error. */
export const metaPolicy = policy(Object.keys(directives).filter((n) => n !== 'frame-ancestors'));

/** Features scripts may not request; the camera and the clipboard stay allowed. */
const REFUSED = [
  'accelerometer',
  'browsing-topics',
  'compute-pressure',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'local-network-access',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

export const permissionsPolicy = ['camera=(self)', ...REFUSED.map((name) => `${name}=()`)].join(
  ', ',
);

/**
 * All headers. The two Cross-Origin headers isolate the page, which WASM threads require.
 *
 * @param csp `null` omits the policy in development, whose scripts it would refuse
 */
export function securityHeaders(csp: string | null): Record<string, string> {
  return {
    ...(csp ? { 'Content-Security-Policy': csp } : {}),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': permissionsPolicy,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
  };
}

/** Statuses whose responses must not have a body. */
const BODILESS = [101, 103, 204, 205, 304];

/**
 * Returns the response with this version's headers, whatever the host sent when it was fetched. An
 * opaque (cross-origin) response is returned as is.
 */
export function withSecurityHeaders(response: Response): Response {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(securityHeaders(contentSecurityPolicy))) {
    headers.set(name, value);
  }
  const { status, statusText } = response;
  const body = BODILESS.includes(status) ? null : response.body;
  return new Response(body, { status, statusText, headers });
}
