import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import type { TreesOnPlane } from './tree-search.ts';

/** Photos shown per leaf. */
const SHOWN = 6;

/** The leaves that a search opened, in order. */
export function LeafTable({ trees: { leaves, trees } }: { trees: TreesOnPlane }) {
  const many = trees.length > 1;
  return (
    <FactsTable
      caption={t('lab.trees.leaves')}
      columns={[
        t('lab.rank'),
        ...(many ? [t('lab.trees.tree')] : []),
        t('lab.trees.depth'),
        t('lab.trees.compared'),
        t('lab.trees.examples'),
      ]}
      rows={leaves.map(({ tree, depth, scanned, ids }, i) => [
        count(i + 1),
        ...(many ? [count(tree + 1)] : []),
        count(depth),
        count(scanned),
        <span key="photos" className="lab-few">
          {Array.from(ids.slice(0, SHOWN), (id) => (
            <PhotoLink key={id} id={id} />
          ))}
        </span>,
      ])}
    />
  );
}
