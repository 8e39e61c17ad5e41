import { answered, type Browser, calling, sleep, type Tab } from './tab.ts';

/**
 * The part of W3C WebDriver that the smoke test needs. Firefox speaks it over Marionette, WebKit
 * over HTTP; command names and parameters are the same.
 */
export interface Remote {
  navigate(url: string): Promise<unknown>;
  executeAsync(script: string): Promise<unknown>;
  findElement(using: 'css selector' | 'xpath', value: string): Promise<Record<string, string>>;
  click(element: string): Promise<unknown>;
  sendKeys(element: string, text: string): Promise<unknown>;
  handle(): Promise<string>;
  newWindow(): Promise<{ readonly handle: string }>;
  switchTo(handle: string): Promise<unknown>;
  closeWindow(): Promise<unknown>;
  quit(): Promise<unknown>;
}

/** Timeouts in milliseconds for scripts, for page loads and for finding an element. */
export const TIMEOUTS = { script: 240_000, pageLoad: 60_000, implicit: 60_000 };

export async function browserOf(remote: Remote): Promise<Browser> {
  return {
    tab: tabOf(remote, await remote.handle()),
    async newTab() {
      const { handle } = await remote.newWindow();
      return tabOf(remote, handle);
    },
    async close() {
      await remote.quit();
    },
  };
}

/** Attempts per action: React may replace an element between finding and using it. */
const USES = 50;
const USE_MS = 200;
/** Transient errors: the element was replaced, is still moving, or is covered by a toast. */
const PASSING = /stale element|not interactable|click intercepted/i;

function tabOf(remote: Remote, handle: string): Tab {
  const here = () => remote.switchTo(handle);
  const element = async (target: string) => {
    await here();
    const using = target.startsWith('//') ? 'xpath' : 'css selector';
    const [id] = Object.values(await remote.findElement(using, target));
    if (id === undefined) throw new Error(`The page has no ${target}.`);
    return id;
  };
  const onElement = async (target: string, use: (id: string) => Promise<unknown>) => {
    for (let uses = 1; ; uses++) {
      const id = await element(target);
      try {
        await use(id);
        return;
      } catch (error) {
        if (uses === USES || !PASSING.test(String(error))) throw error;
        await sleep(USE_MS);
      }
    }
  };
  return {
    async goto(url) {
      await here();
      await remote.navigate(url);
    },
    async evaluate(fn, ...args) {
      await here();
      const script = `${calling(fn, args)}.then(arguments[arguments.length - 1])`;
      const answer = await remote.executeAsync(script).catch((error: unknown) => {
        throw new Error(`${error}, in ${String(fn).slice(0, 200)}`);
      });
      return answered(answer as string);
    },
    async click(target) {
      await onElement(target, (id) => remote.click(id));
    },
    async type(target, text) {
      await onElement(target, (id) => remote.sendKeys(id, text));
    },
    async choose(target, paths) {
      await onElement(target, (id) => remote.sendKeys(id, paths.join('\n')));
    },
    async close() {
      await here();
      await remote.closeWindow();
    },
  };
}
