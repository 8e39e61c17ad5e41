import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBrowser } from './browser.ts';

/** The browser engines used for tests. */
export type EngineName = 'chromium' | 'firefox' | 'webkit';
export const engineNames: readonly EngineName[] = ['chromium', 'firefox', 'webkit'];

/** Packages for WebKit: a WebKitGTK window, its driver, and a virtual screen. */
const WEBKIT_PACKAGES = ['webkit2gtk-driver', 'gir1.2-webkit2-4.1', 'python3-gi', 'xvfb'];
const PACKAGES: Readonly<Record<EngineName, readonly string[]>> = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: WEBKIT_PACKAGES,
};
const FIREFOXES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => existsSync(join(dir, program)));
}

/** Debian's own Python, which its bindings are built for. */
export const PYTHON = '/usr/bin/python3';

/** Whether Python can create a WebKitGTK window. */
function hasWebKitWindow(): boolean {
  const wanted =
    'import gi; gi.require_version("WebKit2", "4.1"); gi.require_version("Gtk", "3.0")';
  return spawnSync(PYTHON, ['-c', wanted]).status === 0;
}

/** Path of Firefox: the one named by `AKIN_FIREFOX`, or the system's. */
export function findFirefox(): string | undefined {
  return [process.env.AKIN_FIREFOX, ...FIREFOXES].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/** Whether an engine is available here. Chromium always is: it is installed if missing. */
export function hasEngine(name: EngineName): boolean {
  switch (name) {
    case 'chromium':
      return findBrowser() !== '';
    case 'firefox':
      return findFirefox() !== undefined;
    case 'webkit':
      return onPath('WebKitWebDriver') && onPath('Xvfb') && hasWebKitWindow();
  }
}

/** How to install a missing engine. */
export function howToGet(name: EngineName): string {
  const where = name === 'firefox' ? ', or name a Firefox in AKIN_FIREFOX' : '';
  return `On Debian and Ubuntu: apt-get install ${PACKAGES[name].join(' ')}${where}.`;
}

/** Installs missing engines from Debian packages. Returns whether apt succeeded. */
export function installEngines(missing: readonly EngineName[]): boolean {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...args: string[]) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...args];
    console.log(`> ${program} ${rest.join(' ')}`);
    return spawnSync(program!, rest, { stdio: 'inherit' }).status === 0;
  };
  const packages = missing.flatMap((name) => PACKAGES[name]);
  return (
    apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
  );
}
