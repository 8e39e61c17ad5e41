interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(name: 'default', rules: { createScriptURL(url: string): string | null }): unknown;
}

/**
 * Lets this page or worker start workers from the app's own files. Where the browser knows Trusted
 * Types the policy asks for them, and then every address of a script passes here; no other policy can
 * be made beside this one. What is not in the folder of the app's scripts is refused with a
 * `TypeError`, of the own origin too: an original that is kept there must never run.
 */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  // `defaultPolicy` is set once it was made: here, before this module was loaded twice.
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  const isOurs = ownScripts(import.meta.url);
  trustedTypes.createPolicy('default', {
    createScriptURL: (url) => (isOurs(url) ? url : null),
  });
}

/**
 * Whether an address is that of a script of the app: one in the folder of `script`, or the service
 * worker, which lies beside the folder so that it serves the page.
 */
export function ownScripts(script: string): (url: string) => boolean {
  const folder = new URL('.', script).href;
  const serviceWorker = new URL('../sw.js', script).href;
  return (url) => {
    const { href } = new URL(url, script);
    return href === serviceWorker || (href.startsWith(folder) && /\.js$/.test(href));
  };
}
