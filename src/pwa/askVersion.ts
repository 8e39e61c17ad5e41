/** Message type with which a page asks a service worker, over a port, for its build version. */
export const ASK_VERSION = 'VERSION';
