import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

interface PartModule {
  // biome-ignore lint/suspicious/noExplicitAny: as React's own type of `lazy` has it
  readonly default: ComponentType<any>;
}

/** A part of the page whose script is loaded when it is needed, or before. */
export interface Part<M extends PartModule> {
  load(): Promise<M>;
  /** The script's exports, once it has been loaded. */
  loaded(): M | null;
}

export function part<M extends PartModule>(load: () => Promise<M>): Part<M> {
  let loaded: M | null = null;
  return {
    async load() {
      loaded = await load();
      return loaded;
    },
    loaded: () => loaded,
  };
}

/**
 * The component of a part. It suspends only while the script is loading: given a promise, React's `lazy`
 * suspends at the first use even where the script is there, shows the fallback, and keeps that on screen
 * for 300 ms. A thenable that answers at once is drawn at once.
 */
export function lazyPart<M extends PartModule>(part: Part<M>): LazyExoticComponent<M['default']> {
  return lazy(() => {
    const module = part.loaded();
    return module === null ? part.load() : answered(module);
  });
}

/** A promise as far as React looks at one, whose answer comes without a turn of the event loop. */
function answered<T>(value: T): Promise<T> {
  const thenable: Pick<PromiseLike<T>, 'then'> = {
    // biome-ignore lint/suspicious/noThenProperty: `lazy` calls nothing else
    then(resolve) {
      resolve?.(value);
      return Promise.resolve() as Promise<never>;
    },
  };
  return thenable as Promise<T>;
}
