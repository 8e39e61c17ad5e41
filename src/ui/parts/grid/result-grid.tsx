import type { KeyboardEvent, MouseEvent } from 'react';
import { memo, useMemo } from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { PhotoId, RegionBox, SearchHit } from '../../../protocol/index.ts';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { justify, rowBoxes, rowHeight, targetHeight } from '../../pure/gallery/justify.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { boxInTile } from '../../pure/viewer/area.ts';
import { boxStyle } from '../../pure/viewer/face-box.ts';
import { levelOf, levelWord, odds } from '../../pure/viewer/similarity.ts';
import type { Selection } from '../../state/selection.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { CheckIcon } from '../icons.tsx';
import { Marks } from './marks.tsx';
import { focusResultAfterKey } from './result-keys.ts';
import { ThumbImage } from './tile.tsx';

/** Height of the caption and the gap below it, in pixels. */
const CAPTION = 26;
/** Height of the buttons below it on touch screens, where they would cover a small photo. */
const TOUCH_MARKS = 46;
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
  /** Clicks select instead of open. */
  selection?: Selection | undefined;
  /** Adds buttons that make a photo an example of what to find, or not to find. */
  onMark?: ((id: PhotoId, mark: 'more' | 'less') => void) | undefined;
}

export const ResultGrid = memo(function ResultGrid(props: ResultGridProps) {
  const { hits, first, width, gallery, onOpen, captions = true, selection } = props;
  // While photos are selected, nothing else is done with them.
  const onMark = selection ? undefined : props.onMark;
  const touch = onMark !== undefined && matchMedia('(pointer: coarse)').matches;
  const caption = (captions ? CAPTION : 0) + (touch ? TOUCH_MARKS : 0);
  const layout = useMemo(() => {
    const aspects = hits.map((hit) =>
      Math.max(captions ? NARROWEST : 0, gallery.aspects[indexOfId(gallery.ids, hit.id)] ?? 1),
    );
    // On touch screens, two photos beside each other leave room for the buttons.
    const target = touch ? Math.max(targetHeight(width), width * 0.42) : targetHeight(width);
    const options = { width, target, gap: GAP };
    const rows = justify(aspects, options);
    return Array.from({ length: rows.count }, (_, row) => ({
      top: rows.tops[row]! + row * caption,
      start: rows.starts[row]!,
      height: rowHeight(rows, row, GAP),
      boxes: rowBoxes(rows, aspects, row, options),
    }));
  }, [hits, width, gallery, caption, captions, touch]);
  const end = layout.at(-1);
  const total = end ? end.top + end.height + caption + GAP : 0;

  return (
    <ul className="results" style={{ height: total }} onKeyDown={onKeyDown}>
      {layout.flatMap(({ top, start, height, boxes }) =>
        boxes.map((box, i) => {
          const hit = hits[start + i]!;
          return (
            <li
              key={hit.id}
              className="result"
              style={{ left: box.left, top, width: box.width, height: height + caption }}
            >
              <Result
                hit={hit}
                mark={markOf(hit, gallery, box.width / height)}
                height={height}
                caption={captions}
                onOpen={() => onOpen(hit, first + start + i)}
                selection={selection}
              />
              {onMark && <Marks id={hit.id} bottom={touch ? 2 : caption + 6} onMark={onMark} />}
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
    a.selection === b.selection &&
    a.onMark === b.onMark &&
    a.hits.length === b.hits.length &&
    a.hits.every((hit, i) => hit === b.hits[i])
  );
}

function onKeyDown(event: KeyboardEvent<HTMLElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (focusResultAfterKey(event.key, event.target)) event.preventDefault();
}

/** Where the match is on the tile, which shows the middle of a photo of another shape. */
function markOf({ id, box }: SearchHit, gallery: GallerySnapshot, shown: number) {
  return box ? boxInTile(box, gallery.aspects[indexOfId(gallery.ids, id)] ?? 1, shown) : null;
}

interface ResultProps {
  hit: SearchHit;
  /** The part that matches. */
  mark: RegionBox | null;
  height: number;
  caption: boolean;
  onOpen: () => void;
  selection: Selection | undefined;
}

function Result({ hit, mark, height, caption, onOpen, selection }: ResultProps) {
  const { navigation } = useUi();
  const oneIn = odds(hit.pValue);
  const selected = selection?.ids.has(hit.id);
  const onClick = (event: MouseEvent) => {
    if (selection) {
      event.preventDefault();
      if (event.shiftKey) selection.extendTo(hit.id);
      else selection.toggle(hit.id);
      return;
    }
    // With a modifier key, let the browser open a new tab or window, as for any link.
    if (opensElsewhere(event)) return;
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
      data-selected={selected || undefined}
      {...(selection && {
        role: 'checkbox',
        'aria-checked': selected === true,
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          selection.toggle(hit.id);
        },
      })}
    >
      <span className="result-picture" style={{ height }}>
        <ThumbImage id={hit.id} />
        {selection && (
          <span className="result-check" aria-hidden="true">
            <CheckIcon />
          </span>
        )}
        {mark && <span className="result-match" style={boxStyle(mark)} data-testid="match" />}
      </span>
      {caption && <span className="result-caption">{oneIn}</span>}
    </a>
  );
}
