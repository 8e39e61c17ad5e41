import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { findFirefox } from '../../scripts/engines.ts';
import { type OpenBrowser, sleep } from './tab.ts';
import { browserOf, type Remote, TIMEOUTS } from './webDriver.ts';

/** Suppresses prompts and network requests. Marionette itself sets most of these preferences. */
const PREFS = `
user_pref('marionette.port', 0);
user_pref('browser.aboutwelcome.enabled', false);
user_pref('datareporting.policy.dataSubmissionEnabled', false);
user_pref('network.captive-portal-service.enabled', false);
user_pref('network.connectivity-service.enabled', false);
`;

/** Firefox, driven through its built-in Marionette, so nothing else needs to be installed. */
export const openFirefox: OpenBrowser = async (profile) => {
  mkdirSync(profile, { recursive: true });
  writeFileSync(join(profile, 'user.js'), PREFS);
  const portFile = join(profile, 'MarionetteActivePort');
  rmSync(portFile, { force: true });
  const firefox = spawn(
    findFirefox()!,
    ['--marionette', '--headless', '--no-remote', '--profile', profile, 'about:blank'],
    { stdio: 'ignore' },
  );
  try {
    const marionette = await Marionette.connect(await readPort(portFile, firefox));
    await marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: {} } });
    await marionette.send('WebDriver:SetTimeouts', TIMEOUTS);
    return await browserOf(remoteOf(marionette, firefox));
  } catch (error) {
    firefox.kill('SIGKILL');
    throw error;
  }
};

async function readPort(file: string, firefox: ChildProcess): Promise<number> {
  for (let tries = 0; tries < 600; tries++) {
    if (firefox.exitCode !== null) throw new Error('Firefox exited unexpectedly.');
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    await sleep(100);
  }
  throw new Error('Firefox didn’t report its port.');
}

function remoteOf(marionette: Marionette, firefox: ChildProcess): Remote {
  const value = async <T>(command: string, params: object = {}) =>
    ((await marionette.send(command, params)) as { value: T }).value;
  const send = (command: string, params: object = {}) => marionette.send(command, params);
  return {
    navigate: (url) => send('WebDriver:Navigate', { url }),
    // No sandbox: from Marionette's own, the page's objects are visible only through wrappers.
    executeAsync: (script) =>
      value('WebDriver:ExecuteAsyncScript', { script, args: [], sandbox: null }),
    findElement: (using, target) => value('WebDriver:FindElement', { using, value: target }),
    click: (id) => send('WebDriver:ElementClick', { id }),
    sendKeys: (id, text) => send('WebDriver:ElementSendKeys', { id, text }),
    handle: () => value('WebDriver:GetWindowHandle'),
    newWindow: () => send('WebDriver:NewWindow', { type: 'tab' }) as Promise<{ handle: string }>,
    switchTo: (handle) => send('WebDriver:SwitchToWindow', { handle }),
    closeWindow: () => send('WebDriver:CloseWindow'),
    async quit() {
      const ended = once(firefox, 'exit');
      await send('Marionette:Quit', { flags: ['eAttemptQuit'] }).catch(() => {}); /* already gone */
      const late = setTimeout(() => firefox.kill('SIGKILL'), 120_000);
      await ended;
      clearTimeout(late);
    },
  };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A Marionette connection. Messages are JSON arrays, each after its byte length and a colon. */
class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #buffer = Buffer.alloc(0);
  #id = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, bytes]);
      this.#read();
    });
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values())
        reject(new Error('The connection to Firefox was closed.'));
      this.#waiting.clear();
    });
    socket.on('error', () => {}); /* followed by `close` */
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Marionette(socket);
  }

  send(command: string, params: object): Promise<unknown> {
    const id = ++this.#id;
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('The connection to Firefox was closed.'));
      this.#waiting.set(id, { resolve, reject });
      const message = JSON.stringify([0, id, command, params]);
      this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
  }

  #read(): void {
    for (;;) {
      const colon = this.#buffer.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#buffer.toString('latin1', 0, colon));
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.toString('utf8', colon + 1, end)) as unknown;
      this.#buffer = this.#buffer.subarray(end);
      // The first message is a greeting, an object.
      if (Array.isArray(message)) this.#take(message);
    }
  }

  #take([, id, error, result]: unknown[]): void {
    const waiting = this.#waiting.get(id as number);
    this.#waiting.delete(id as number);
    if (error === null) waiting?.resolve(result);
    else {
      const { error: code, message } = error as { error: string; message: string };
      waiting?.reject(new Error(`${code}: ${message}`));
    }
  }
}
