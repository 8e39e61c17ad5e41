import type { ReactNode } from 'react';

interface FigureProps {
  name: string;
  value: ReactNode;
}

/** The part of a message that its `muted` tag holds. */
export function muted(chunks: ReactNode) {
  return <span className="muted">{chunks}</span>;
}

/** A row of a `figures` list: a fact and its name. */
export function Figure({ name, value }: FigureProps) {
  return (
    <div>
      <dt className="muted">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
