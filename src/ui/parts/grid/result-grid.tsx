import type { KeyboardEvent, MouseEvent } from 'react';
import { memo, useMemo } from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { SearchHit } from '../../../protocol/index.ts';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { justify, rowBoxes, rowHeight, targetHeight } from '../../pure/gallery/justify.ts';
import { levelOf, levelWord, odds } from '../../pure/viewer/similarity.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { focusResultAfterKey } from './result-keys.ts';
import { ThumbImage } from './tile.tsx';

/** Height of the caption and the gap below it, in pixels. */
const CAPTION = 26;
const GAP = 8;
/** Narrower photos are cropped, since the longest odds must fit below. */
const NARROWEST = 0.7;

interface ResultGridProps {
  hits: readonly SearchHit[];
  /** Index of the first photo among all results. */
  first: number;
  width: number;
  gallery: GallerySnapshot;
  onOpen: (hit: SearchHit, place: number) => void;
  /** Whether to show the similarity below each photo. */
  captions?: boolean;
}

export const ResultGrid = memo(function ResultGrid(props: ResultGridProps) {
  const { hits, first, width, gallery, onOpen, captions = true } = props;
  const caption = captions ? CAPTION : 0;
  const layout = useMemo(() => {
    const aspects = hits.map((hit) =>
      Math.max(captions ? NARROWEST : 0, gallery.aspects[indexOfId(gallery.ids, hit.id)] ?? 1),
    );
    const options = { width, target: targetHeight(width), gap: GAP };
    const rows = justify(aspects, options);
    return Array.from({ length: rows.count }, (_, row) => ({
      top: rows.tops[row]! + row * caption,
      start: rows.starts[row]!,
      height: rowHeight(rows, row, GAP),
      boxes: rowBoxes(rows, aspects, row, options),
    }));
  }, [hits, width, gallery, caption, captions]);
  const end = layout.at(-1);
  const total = end ? end.top + end.height + caption + GAP : 0;

  return (
    <ul className="results" style={{ height: total }} onKeyDown={onKeyDown}>
      {layout.flatMap(({ top, start, height, boxes }) =>
        boxes.map((box, i) => {
          const hit = hits[start + i]!;
          return (
            <li key={hit.id} className="result" style={{ left: box.left, top, width: box.width }}>
              <Result
                hit={hit}
                height={height}
                caption={captions}
                onOpen={() => onOpen(hit, first + start + i)}
              />
            </li>
          );
        }),
      )}
    </ul>
  );
}, looksTheSame);

/** Appending to the gallery leaves existing aspects unchanged. */
function looksTheSame(a: ResultGridProps, b: ResultGridProps): boolean {
  return (
    a.first === b.first &&
    a.width === b.width &&
    a.onOpen === b.onOpen &&
    a.captions === b.captions &&
    a.hits.length === b.hits.length &&
    a.hits.every((hit, i) => hit === b.hits[i])
  );
}

function onKeyDown(event: KeyboardEvent<HTMLElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (focusResultAfterKey(event.key, event.target)) event.preventDefault();
}

interface ResultProps {
  hit: SearchHit;
  height: number;
  caption: boolean;
  onOpen: () => void;
}

function Result({ hit, height, caption, onOpen }: ResultProps) {
  const { navigation } = useUi();
  const oneIn = odds(hit.pValue);
  const onClick = (event: MouseEvent) => {
    // With a modifier key, let the browser open a new tab or window, as for any link.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a
      className="result-link"
      href={navigation.url({ view: 'photo', id: hit.id })}
      draggable={false}
      data-testid="result-tile"
      data-photo-id={hit.id}
      title={
        caption
          ? t('similar.caption', { word: levelWord(levelOf(hit.pValue)), odds: oneIn })
          : undefined
      }
      onClick={onClick}
    >
      <span className="result-picture" style={{ height }}>
        <ThumbImage id={hit.id} />
      </span>
      {caption && <span className="result-caption">{oneIn}</span>}
    </a>
  );
}
