interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(name: 'default', rules: { createScriptURL(url: string): string | null }): unknown;
}

/**
 * Lets this page or worker start workers from the app's own files. In browsers with Trusted Types,
 * the CSP requires every script URL to pass this policy, and allows no other. URLs outside the
 * app's script folder are refused with a `TypeError`, even of the same origin: a stored original
 * must never run.
 */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  // `defaultPolicy` is already set if this module is loaded twice.
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  const isOurs = ownScripts(import.meta.url);
  trustedTypes.createPolicy('default', {
    createScriptURL: (url) => (isOurs(url) ? url : null),
  });
}

/**
 * Matches the app's own script URLs: those in the folder of `script`, and the service worker, which
 * is beside that folder so that its scope includes the page.
 */
export function ownScripts(script: string): (url: string) => boolean {
  const folder = new URL('.', script).href;
  const serviceWorker = new URL('../sw.js', script).href;
  return (url) => {
    const { href } = new URL(url, script);
    return href === serviceWorker || (href.startsWith(folder) && /\.js$/.test(href));
  };
}
