import type { ReactNode } from 'react';

// Elements for message tags: `t.rich('…', { b: isolated })`.

/** Isolates the text direction of a name. */
export const isolated = (chunks: ReactNode) => <bdi>{chunks}</bdi>;

export const muted = (chunks: ReactNode) => <span className="muted">{chunks}</span>;
