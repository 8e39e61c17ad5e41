import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/freePort.ts';
import { type OpenBrowser, sleep } from './tab.ts';
import { browserOf, type Remote, TIMEOUTS } from './webDriver.ts';

// The driver starts this instead of its own browser, which doesn't keep a profile.
const WINDOW = fileURLToPath(new URL('webkitWindow.py', import.meta.url));

/** WebKitGTK, Safari's engine, on a separate virtual screen. */
export const openWebKit: OpenBrowser = async (profile) => {
  const { screen, display } = await openScreen();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11' },
  });
  const end = async () => {
    driver.kill();
    screen.kill();
    await Promise.all([driver, screen].map((each) => each.exitCode ?? once(each, 'exit')));
  };
  try {
    return await browserOf(await newSession(`http://127.0.0.1:${port}`, profile, end));
  } catch (error) {
    await end();
    throw error;
  }
};

async function openScreen(): Promise<{ screen: ChildProcess; display: string }> {
  // Xvfb picks a free display number and writes it to this file descriptor.
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
  const screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(screen.stdio[3]!, 'data')) as [Buffer];
  return { screen, display: `:${number.toString().trim()}` };
}

async function newSession(
  driver: string,
  profile: string,
  end: () => Promise<void>,
): Promise<Remote> {
  const send = async <T>(method: string, path: string, params?: object): Promise<T> => {
    const response = await fetch(driver + path, {
      method,
      ...(params ? { body: JSON.stringify(params) } : {}),
    });
    const { value } = (await response.json()) as {
      value: T & { error?: string; message?: string };
    };
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  for (let tries = 0; !(await fetch(`${driver}/status`).catch(() => null))?.ok; tries++) {
    if (tries === 600) throw new Error('WebKitWebDriver doesn’t respond.');
    await sleep(100);
  }
  const { sessionId } = await send<{ sessionId: string }>('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        'webkitgtk:browserOptions': { binary: WINDOW, args: ['--automation', profile] },
      },
    },
  });
  const session = `/session/${sessionId}`;
  const post = <T>(path: string, params: object = {}) => send<T>('POST', session + path, params);
  await post('/timeouts', TIMEOUTS);
  return {
    navigate: (url) => post('/url', { url }),
    executeAsync: (script) => post('/execute/async', { script, args: [] }),
    findElement: (using, value) => post('/element', { using, value }),
    click: (id) => post(`/element/${id}/click`),
    sendKeys: (id, text) => post(`/element/${id}/value`, { text }),
    handle: () => send('GET', `${session}/window`),
    newWindow: () => post('/window/new', { type: 'window' }),
    switchTo: (handle) => post('/window', { handle }),
    closeWindow: () => send('DELETE', `${session}/window`),
    async quit() {
      await send('DELETE', session).catch(() => {}); /* already gone */
      await end();
    },
  };
}
