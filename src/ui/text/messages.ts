import type { en } from './en.ts';

/** Keys of the English catalogue, which every language has. */
export type Messages = Translated<typeof en>;

/** The same keys, in another language. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]>;
};
