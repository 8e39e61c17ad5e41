import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

interface PartModule {
  // biome-ignore lint/suspicious/noExplicitAny: matches React's own type of `lazy`
  readonly default: ComponentType<any>;
}

/** A lazily loaded part of the page, which can also be preloaded. */
export interface Part<M extends PartModule> {
  load(): Promise<M>;
  /** The module's exports, once loaded. */
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
 * Component of a part, which suspends only while its chunk loads. React's `lazy` suspends on first
 * use even when the promise has resolved, shows the fallback, and keeps it for 300 ms. A thenable
 * that resolves synchronously renders at once.
 */
export function lazyPart<M extends PartModule>(part: Part<M>): LazyExoticComponent<M['default']> {
  return lazy(() => {
    const module = part.loaded();
    return module === null ? part.load() : answered(module);
  });
}

/** A promise as far as React needs one, resolved synchronously. */
function answered<T>(value: T): Promise<T> {
  const thenable: Pick<PromiseLike<T>, 'then'> = {
    // biome-ignore lint/suspicious/noThenProperty: the only member that `lazy` calls
    then(resolve) {
      resolve?.(value);
      return Promise.resolve() as Promise<never>;
    },
  };
  return thenable as Promise<T>;
}
