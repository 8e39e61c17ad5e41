/** Type of the message by which a page asks a service worker, over a port, which build it serves. */
export const ASK_VERSION = 'VERSION';
