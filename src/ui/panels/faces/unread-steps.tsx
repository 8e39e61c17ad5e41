import { plural } from '../../pure/format.ts';

/** What was said and can't be read here is not lost. */
export function UnreadSteps({ steps }: { steps: number }) {
  const one = steps === 1;
  return (
    <p className="muted faces-note" role="note" data-testid="unread-steps">
      {plural(steps, 'thing')} you said about people can’t be read by this version of Akin.{' '}
      {one ? 'It is kept as it is.' : 'They are kept as they are.'}
    </p>
  );
}
