// biome-ignore lint/suspicious/noExplicitAny: what crosses is JSON, of whichever type.
type Json = any;

/** One tab of a browser of any engine, and the few things that the smoke test does with it. */
export interface Tab {
  goto(url: string): Promise<void>;
  /** Runs a function on the page. Its arguments and what it resolves to cross as JSON. */
  evaluate<A extends readonly Json[], R>(
    fn: (...args: A) => R | Promise<R>,
    ...args: A
  ): Promise<R>;
  /** Clicks an element as a person does. @param target CSS selector, or XPath from `//` on */
  click(target: string): Promise<void>;
  /** Types into a field. */
  type(target: string, text: string): Promise<void>;
  /** Chooses files in a file input, as the file chooser does. */
  choose(target: string, paths: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A browser with a profile on disk, as a person has it. */
export interface Browser {
  readonly tab: Tab;
  newTab(): Promise<Tab>;
  /** Ends it the way a person does; the profile stays. */
  close(): Promise<void>;
}

export type OpenBrowser = (profile: string) => Promise<Browser>;

/** The body of a function that runs `fn` and gives `{ value }` or `{ error }` as JSON. */
export function calling(fn: (...args: never[]) => unknown, args: readonly Json[]): string {
  return `(async () => {
    try {
      return JSON.stringify({ value: await (${fn})(...${JSON.stringify(args)}) });
    } catch (error) {
      return JSON.stringify({ error: \`\${error}\${error?.code ? \` (\${error.code})\` : ''}\` });
    }
  })()`;
}

/** @throws Error what the function threw on the page */
export function answered<R>(json: string): R {
  const { value, error } = JSON.parse(json) as { value: R; error?: string };
  if (error !== undefined) throw new Error(`On the page: ${error}`);
  return value;
}

/** Looks again until a function on the page gives something true, and returns that. */
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
  throw new Error(`Waited in vain until ${what}.${last ? ` ${last}` : ''}`);
}

/** Less than a test's own, so that it can say what it waited for. */
const PATIENCE_MS = 240_000;
const LOOK_MS = 100;

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
