import type { ReactNode } from 'react';

// Elements for the tags of messages: `t.rich('…', { b: isolated })`.

/** A name, which keeps the direction of its own script. */
export const isolated = (chunks: ReactNode) => <bdi>{chunks}</bdi>;

export const muted = (chunks: ReactNode) => <span className="muted">{chunks}</span>;
