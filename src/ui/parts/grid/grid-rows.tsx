import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useDeferredValue,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import type { Section } from '../../pure/gallery/dated-photos.ts';
import { sameIds } from '../../pure/gallery/ids.ts';
import { justify, rowAt, rowOf, targetHeight } from '../../pure/gallery/justify.ts';
import type { PhotoOrder } from '../../pure/gallery/photo-order.ts';
import { ascendingOrder } from '../../pure/gallery/photo-order.ts';
import { keyName } from '../../pure/key-names.ts';
import type { GridMemory } from '../../state/grid-memory.ts';
import { useCtrlKey } from '../../state/hooks/keys/use-keys.ts';
import type { Selection } from '../../state/selection.ts';
import { photoAfterKey } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import { GridSections } from './grid-sections.tsx';

/** Height of a heading including the space above it: see `grid-heading`. */
const HEADING = 44;
/** Space below the last row, so that the import bar and toasts hide no photo permanently. */
const ROOM_BELOW = 96;
/** Space above the first row when it has no heading. */
const ROOM_ABOVE = 4;

export interface PhotoGridProps {
  /** (n) ascending unless `order` is given. */
  readonly ids: Uint32Array;
  /** (n) width / height. */
  readonly aspects: Float32Array;
  /** Order of these ids. */
  readonly order?: PhotoOrder | undefined;
  /** Sections with headings, covering all photos; no headings if omitted. */
  readonly sections?: readonly Section[] | undefined;
  readonly label: string;
  readonly memory: GridMemory;
  readonly selection: Selection;
  readonly hrefOf: (id: PhotoId) => string;
  /** Handles a click or Enter outside selection mode. */
  readonly onOpen: (id: PhotoId) => void;
  /** Handles the Delete key. */
  readonly onDelete: (ids: readonly PhotoId[]) => void;
}

interface GridRowsProps extends PhotoGridProps {
  width: number;
  scroller: RefObject<HTMLDivElement | null>;
}

export function GridRows(props: GridRowsProps) {
  const { ids, aspects, sections, label, memory, selection, hrefOf, onOpen, onDelete } = props;
  const { order: listed, width, scroller } = props;
  const order = useMemo(() => listed ?? ascendingOrder(ids), [listed, ids]);
  const heading = sections === undefined ? 0 : HEADING;
  const above = sections === undefined ? ROOM_ABOVE : 0;
  const options = useMemo(
    () => ({ width, target: targetHeight(width), gap: width < 600 ? 4 : 6, heading }),
    [width, heading],
  );
  // Every tile announces the total; defer updates of it.
  const total = useDeferredValue(ids.length);
  const rows = useMemo(
    () =>
      justify(
        aspects,
        options,
        sections?.map(({ start }) => start),
      ),
    [aspects, options, sections],
  );

  const [current, setCurrent] = useState<PhotoId | null>(memory.current);
  const currentPlace = current === null ? 0 : order.placeOf(current, memory.drawn);
  const currentIndex = Math.min(ids.length - 1, currentPlace);
  const currentRow = rowOf(rows, currentIndex);

  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => rows.tops[row + 1]! - rows.tops[row]!,
    // A new function for new rows tells the virtualizer that their heights changed.
    getItemKey: useCallback((row: number) => (rows.count > row ? row : -1), [rows]),
    overscan: 3,
    paddingStart: above,
    paddingEnd: ROOM_BELOW,
    // Don't scroll rows under the sticky heading.
    scrollPaddingStart: above + heading,
    scrollPaddingEnd: 16,
    initialOffset: () => offsetOf(memory.top) ?? 0,
    // Always render the current row, or scrolling would lose the focus.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        if (currentRow >= rows.count || shown.includes(currentRow)) return shown;
        return [...shown, currentRow].sort((a, b) => a - b);
      },
      [currentRow, rows],
    ),
  });

  function offsetOf(top: typeof memory.top): number | null {
    if (top === null || rows.count === 0) return null;
    const index = Math.min(ids.length - 1, order.placeOf(top.id, memory.drawn));
    return rows.tops[rowOf(rows, index)]! + top.offset;
  }

  // Save on unmount instead of on scroll: reading the offset there would force layout twice per
  // frame.
  useLayoutEffect(
    () => () => {
      if (rows.count === 0) return;
      const offset = virtualizer.scrollOffset ?? 0;
      const row = rowAt(rows, offset);
      memory.top = { id: ids[rows.starts[row]!]!, offset: offset - rows.tops[row]! };
    },
    [virtualizer, memory, rows, ids],
  );

  // Resizing changes the rows, and photos are added and removed above: keep the top photo in place.
  const laid = useRef({ width, ids });
  useLayoutEffect(() => {
    const before = laid.current;
    if (before.width === width && before.ids === ids) return;
    laid.current = { width, ids };
    // Before any scrolling, let new photos appear at the top.
    if (before.width === width && !virtualizer.scrollOffset) return;
    const offset = offsetOf(memory.top);
    if (offset !== null) scroller.current?.scrollTo({ top: offset });
  });

  const drawnIds = useRef(ids);
  useLayoutEffect(() => {
    const before = drawnIds.current;
    drawnIds.current = ids;
    if (memory.refocus === 'no') return;
    // The same photos may be rendered once more before some are removed.
    if (memory.refocus === 'after-change' && sameIds(before, ids)) return;
    const id = ids[currentIndex];
    const tile = scroller.current?.querySelector<HTMLElement>(`[data-photo-id="${id}"]`);
    if (!tile) return;
    memory.refocus = 'no';
    tile.focus({ preventScroll: true });
  });

  useLayoutEffect(() => {
    if (listed === undefined || memory.drawn === ids) return;
    memory.drawn = ids;
    if (current === null || order.indexOf(current) >= 0) return;
    // Whatever replaces a removed photo becomes the current one.
    memory.current = ids[currentIndex] ?? null;
    setCurrent(memory.current);
  });

  // Anywhere on the page, where the browser would select the page's text.
  useCtrlKey('a', selection.all);

  const goTo = (index: number) => {
    const id = ids[index];
    if (id === undefined) return;
    memory.refocus = 'now';
    memory.current = id;
    setCurrent(id);
    virtualizer.scrollToIndex(rowOf(rows, index), { align: 'auto' });
  };

  const open = (id: PhotoId) => {
    memory.current = id;
    memory.refocus = 'now';
    onOpen(id);
  };

  const onFocus = (event: FocusEvent) => {
    const tile = tileOf(event.target);
    if (!tile || tile.id === current) return;
    memory.current = tile.id;
    setCurrent(tile.id);
  };

  const onClick = (event: MouseEvent) => {
    const tile = tileOf(event.target);
    if (!tile || event.button !== 0) return;
    event.preventDefault();
    if (event.shiftKey && selection.active) selection.extendTo(tile.id);
    else if (selection.active || tile.onCheck || event.ctrlKey || event.metaKey || event.shiftKey)
      selection.toggle(tile.id);
    else open(tile.id);
  };

  // Long press: on touch screens, the only way to select without opening.
  const onContextMenu = (event: MouseEvent) => {
    const tile = tileOf(event.target);
    const { nativeEvent } = event;
    if (!tile || !(nativeEvent instanceof PointerEvent) || nativeEvent.pointerType !== 'touch')
      return;
    event.preventDefault();
    selection.toggle(tile.id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const tile = tileOf(event.target);
    if (!tile || event.altKey) return;
    const at = order.indexOf(tile.id);
    const key = keyName(event);
    if ((event.ctrlKey || event.metaKey) && key !== 'Home' && key !== 'End') return;
    const viewHeight = scroller.current?.clientHeight ?? 0;
    const next = photoAfterKey(key, at, { rows, aspects, options, viewHeight });
    if (next !== null) {
      event.preventDefault();
      if (event.shiftKey) selection.extendTo(ids[next]!, tile.id);
      goTo(next);
    } else if (key === 'Enter') {
      event.preventDefault();
      open(tile.id);
    } else if (key === ' ' || key === 'x') {
      event.preventDefault();
      if (event.shiftKey) selection.extendTo(tile.id);
      else selection.toggle(tile.id);
    } else if (key === 'Delete') {
      event.preventDefault();
      memory.refocus = 'after-change';
      onDelete(selection.ids.size > 0 ? [...selection.ids] : [tile.id]);
    } else if (key === 'Escape' && selection.active) {
      event.preventDefault();
      selection.clear();
    }
  };

  return (
    <div
      className="grid"
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      tabIndex={-1}
      data-selecting={selection.active || undefined}
      style={{ height: virtualizer.getTotalSize() }}
      onClick={onClick}
      onContextMenu={onContextMenu}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <GridSections
        sections={sections}
        rows={rows}
        shown={virtualizer.getVirtualItems()}
        above={above}
        drawRow={(item, top) => (
          <GridRow
            key={item.key}
            row={item.index}
            top={item.start - top}
            ids={ids}
            total={total}
            aspects={aspects}
            rows={rows}
            options={options}
            current={item.index === currentRow ? currentIndex : -1}
            selected={selection.ids}
            hrefOf={hrefOf}
          />
        )}
      />
    </div>
  );
}

function tileOf(target: EventTarget): { id: PhotoId; onCheck: boolean } | null {
  if (!(target instanceof Element)) return null;
  const id = target.closest<HTMLElement>('[data-photo-id]')?.dataset.photoId;
  if (id === undefined) return null;
  return { id: Number(id), onCheck: target.closest('[data-check]') !== null };
}
