import type { ReactNode } from 'react';

interface FigureProps {
  name: string;
  value: ReactNode;
}

/** Renders the `muted` tag of a message. */
export function muted(chunks: ReactNode) {
  return <span className="muted">{chunks}</span>;
}

/** A row of a `figures` list: name and value. */
export function Figure({ name, value }: FigureProps) {
  return (
    <div>
      <dt className="muted">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
