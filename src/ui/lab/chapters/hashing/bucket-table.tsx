import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import type { BucketsOnPlane } from './buckets.ts';

/** Photos shown per bucket. */
const SHOWN = 6;

/** Buckets as rows of photos, the opened ones first. */
export function BucketTable({ buckets: { buckets, opened, hashes } }: { buckets: BucketsOnPlane }) {
  const order = [...buckets].sort(
    ([a, photosA], [b, photosB]) =>
      Number(opened.has(b)) - Number(opened.has(a)) || photosB.length - photosA.length,
  );
  return (
    <FactsTable
      caption={t('lab.hashing.buckets')}
      columns={[
        t('lab.hashing.bucket'),
        t('lab.hashing.photos'),
        t('lab.hashing.examples'),
        t('lab.hashing.state'),
      ]}
      rows={order.map(([key, photos]) => [
        <code key="key">{key.toString(2).padStart(hashes.bits, '0')}</code>,
        count(photos.length),
        <span key="photos" className="lab-few">
          {photos.slice(0, SHOWN).map((id) => (
            <PhotoLink key={id} id={id} />
          ))}
        </span>,
        t(opened.has(key) ? 'lab.hashing.isOpened' : 'lab.hashing.isClosed'),
      ])}
    />
  );
}
