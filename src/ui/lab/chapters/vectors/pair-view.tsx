import { useMemo } from 'react';
import type { PhotoId } from '../../../../protocol/index.ts';
import { ThumbImage } from '../../../parts/grid/tile.tsx';
import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { VectorBars } from '../../draw/vector-bars.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import { decimals } from '../../pure/decimals.ts';
import type { Contributions } from './contributions.ts';

interface PairProps {
  photo: PhotoId;
  other: PhotoId;
  vectors: readonly [Float32Array, Float32Array];
  shares: Contributions;
}

/** Two vectors, one above the other; what makes them similar is marked. */
export function PairView({ photo, other, vectors, shares }: PairProps) {
  const marked = useMemo(() => new Set(shares.top), [shares]);
  const isMarked = useMemo(() => (component: number) => marked.has(component), [marked]);
  return (
    <div className="lab-pair">
      <div className="lab-pair-photos">
        <span className="lab-photo">
          <ThumbImage id={photo} unnamed={t('lab.photoNumber', { id: String(photo) })} />
        </span>
        <PhotoLink id={other} />
      </div>
      <div className="lab-pair-bars">
        <VectorBars
          label={t('lab.vectors.bars', { count: vectors[0].length, marked: shares.top.length })}
          vectors={vectors}
          isMarked={isMarked}
        />
      </div>
    </div>
  );
}

export function PairTable({ vectors, shares }: Pick<PairProps, 'vectors' | 'shares'>) {
  const [own, others] = vectors;
  const { products } = shares;
  const order = Array.from(products.keys()).sort((a, b) => products[b]! - products[a]! || a - b);
  return (
    <FactsTable
      caption={t('lab.vectors.bars', { count: own.length, marked: shares.top.length })}
      columns={[
        t('lab.vectors.component'),
        t('lab.vectors.own'),
        t('lab.vectors.other'),
        t('lab.vectors.product'),
      ]}
      rows={order.map((i) => [
        count(i + 1),
        decimals(own[i]!, 3),
        decimals(others[i]!, 3),
        decimals(products[i]!, 4),
      ])}
    />
  );
}
