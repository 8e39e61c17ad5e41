// biome-ignore lint/suspicious/noExplicitAny: any JSON value.
type Json = any;

/** A browser tab of any engine, with the few actions that the smoke test needs. */
export interface Tab {
  goto(url: string): Promise<void>;
  /** Runs a function in the page. Arguments and result are passed as JSON. */
  evaluate<A extends readonly Json[], R>(
    fn: (...args: A) => R | Promise<R>,
    ...args: A
  ): Promise<R>;
  /** Clicks an element like a user. @param target CSS selector, or XPath starting with `//` */
  click(target: string): Promise<void>;
  type(target: string, text: string): Promise<void>;
  /** Chooses files in a file input, like the file chooser does. */
  choose(target: string, paths: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A browser with a profile on disk, as users have. */
export interface Browser {
  readonly tab: Tab;
  newTab(): Promise<Tab>;
  /** Quits the browser like a user; keeps the profile. */
  close(): Promise<void>;
}

export type OpenBrowser = (profile: string) => Promise<Browser>;

/** An expression that runs `fn` and resolves to `{ value }` or `{ error }` as JSON. */
export function calling(fn: (...args: never[]) => unknown, args: readonly Json[]): string {
  return `(async () => {
    try {
      return JSON.stringify({ value: await (${fn})(...${JSON.stringify(args)}) });
    } catch (error) {
      return JSON.stringify({ error: \`\${error}\${error?.code ? \` (\${error.code})\` : ''}\` });
    }
  })()`;
}

/** Parses the result of `calling`. @throws Error if the function threw in the page */
export function answered<R>(json: string): R {
  const { value, error } = JSON.parse(json) as { value: R; error?: string };
  if (error !== undefined) throw new Error(`Error in the page: ${error}`);
  return value;
}

/** Polls a function in the page until it returns a truthy value, and returns that. */
export async function until<A extends readonly Json[], R>(
  tab: Tab,
  what: string,
  fn: (...args: A) => R | Promise<R>,
  ...args: A
): Promise<NonNullable<R>> {
  let last: unknown;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const value = await tab.evaluate(fn, ...args).catch((error: unknown) => {
      last = error;
      return null;
    });
    if (value) return value;
    await sleep(LOOK_MS);
  }
  throw new Error(`Timed out waiting until ${what}.${last ? ` ${last}` : ''}`);
}

/** Shorter than a test's timeout, so the error can name what it was waiting for. */
const PATIENCE_MS = 240_000;
const LOOK_MS = 100;

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
