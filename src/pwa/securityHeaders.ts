// What every answer says of itself, on whatever host: the development and preview servers send it, the
// service worker writes it on all it serves, and other hosts are asked to.

/**
 * The policy by which the browser refuses to fetch, send, embed or run anything that is not the app's
 * own. `connect-src 'self'` is the privacy promise in a form that the browser enforces. Everything is
 * refused that is not named. Addresses of scripts and workers must pass `trustOwnScripts`, and markup
 * from text is refused altogether.
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

/** `frame-ancestors` counts only in a header; in a meta element it is an error on the console. */
export const metaPolicy = policy(Object.keys(directives).filter((n) => n !== 'frame-ancestors'));

/** What a script of the page may not even ask for; the camera and the clipboard are left to it. */
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
 * All headers. The two Cross-Origin headers isolate the page, which WASM threads need.
 *
 * @param csp `null` leaves the policy out, for development, whose scripts it would refuse
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

/** Statuses whose answers have no body, and may be given none. */
const BODILESS = [101, 103, 204, 205, 304];

/**
 * The answer with the headers of this version, whatever the host sent, or did not send, when it was
 * fetched. One that cannot be read, as that of another origin, is given on as it is.
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
