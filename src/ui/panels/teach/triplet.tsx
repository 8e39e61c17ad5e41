import type { TripletStep } from '../../../protocol/index.ts';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { tripletPlaces } from '../../pure/settings/teach-text.ts';
import { t } from '../../text/t.ts';

/**
 * A training step drawn to scale: the anchor at the start, the photo to pull closer and the one to
 * push away at their distances, and where the latter should be at least.
 */
export function Triplet({ step }: { step: TripletStep }) {
  const { positive, negative, margin } = tripletPlaces(step);
  return (
    <figure className="triplet" data-testid="triplet">
      <div className="triplet-line">
        <span className="triplet-margin" style={{ insetInlineStart: `${margin}%` }} />
        <Place at={0} id={step.anchor} label={t('teach.anchor')} part="anchor" />
        <Place at={positive} id={step.positive} label={t('teach.pull')} part="positive" />
        <Place at={negative} id={step.negative} label={t('teach.push')} part="negative" />
      </div>
      <figcaption className="muted">{t('teach.triplet')}</figcaption>
    </figure>
  );
}

interface PlaceProps {
  /** Percent of the line. */
  at: number;
  id: number;
  label: string;
  part: 'anchor' | 'positive' | 'negative';
}

function Place({ at, id, label, part }: PlaceProps) {
  return (
    <span
      className="triplet-photo"
      data-anchor={part === 'anchor' || undefined}
      data-away={part === 'negative' || undefined}
      style={{ insetInlineStart: `${at}%` }}
    >
      <ThumbImage id={id} unnamed={label} />
      <span className="triplet-label">{label}</span>
    </span>
  );
}
