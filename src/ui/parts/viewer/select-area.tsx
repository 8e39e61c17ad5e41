import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type TouchEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { PhotoId, RegionBox } from '../../../protocol/index.ts';
import { CORNERS, draggedArea, type Grip } from '../../pure/viewer/area.ts';
import {
  ARROW_STEPS,
  boxStyle,
  movedBox,
  resizedBox,
  type SharePoint,
} from '../../pure/viewer/face-box.ts';
import { useLoad } from '../../state/hooks/use-load.ts';
import type { AreaSelection } from '../../state/hooks/viewer/use-area.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { AreaIcon } from '../icons.tsx';
import './select-area.css';

interface Drag {
  readonly pointer: number;
  readonly grip: Grip;
  readonly from: SharePoint;
  readonly before: RegionBox;
}

interface SelectAreaProps {
  selection: AreaSelection;
  area: RegionBox;
  id: PhotoId;
}

/** The area being selected, over its photo: dragged by its corners, moved, or drawn anew. */
export function SelectArea({ selection, area, id }: SelectAreaProps) {
  const { akin } = useUi();
  const { edits, change, search, cancel } = selection;
  const layer = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLButtonElement>(null);
  const drag = useRef<Drag | null>(null);
  // Until it is the user's, a drag that starts on the area draws another one.
  const [own, setOwn] = useState(edits);
  const { value: parts } = useLoad(
    useCallback((signal) => akin.partsOf(id, { signal }), [akin, id]),
  );

  useEffect(() => box.current?.focus({ preventScroll: true }), []);

  const at = (event: PointerEvent): SharePoint => {
    const { left, top, width, height } = layer.current!.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (drag.current) {
      // A second finger: the two zoom, and the first one didn't mean to drag.
      const { before } = drag.current;
      drag.current = null;
      change(() => before);
      return;
    }
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const grip = (event.target as HTMLElement).dataset.grip as Grip | undefined;
    drag.current = {
      pointer: event.pointerId,
      grip: grip === undefined || (grip === 'move' && !own) ? 'new' : grip,
      from: at(event),
      before: area,
    };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current?.pointer !== event.pointerId) return;
    const { before, grip, from } = drag.current;
    const to = at(event);
    change(() => draggedArea(before, grip, from, to));
    setOwn(true);
  };
  const drop = () => {
    drag.current = null;
    box.current?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') cancel();
    else if (event.key === 'Enter') search();
    else if (event.key in ARROW_STEPS) {
      const [dx, dy] = ARROW_STEPS[event.key]!;
      const step = event.shiftKey ? resizedBox : movedBox;
      change((now) => step(now, dx, dy));
      setOwn(true);
    } else return;
    event.preventDefault();
  };
  // Dragging with a finger must not swipe to the next photo.
  const still = (event: TouchEvent) => event.stopPropagation();

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the button inside
    <div
      ref={layer}
      className="area"
      data-own={own || undefined}
      onKeyDown={onKeyDown}
      onTouchStart={still}
      onTouchEnd={still}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      <button
        ref={box}
        type="button"
        className="area-box"
        style={boxStyle(area)}
        aria-label={t('viewer.area')}
        aria-description={t('viewer.areaKeys')}
        data-grip="move"
        data-testid="area"
      />
      {CORNERS.map((corner) => (
        <span
          key={corner}
          className="area-corner"
          style={cornerStyle(area, corner)}
          data-grip={corner}
          aria-hidden="true"
        />
      ))}
      {!own &&
        parts?.map((part, place) => (
          <button
            key={`${part.x} ${part.y}`}
            type="button"
            className="area-offer"
            style={boxStyle(part)}
            aria-label={t('viewer.areaPart', { place: `${place + 1}`, count: `${parts.length}` })}
            onPointerDown={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.key === 'Enter' && event.stopPropagation()}
            onClick={() => {
              change(() => part);
              setOwn(true);
              box.current?.focus({ preventScroll: true });
            }}
          >
            <AreaIcon />
          </button>
        ))}
    </div>
  );
}

function cornerStyle(area: RegionBox, corner: (typeof CORNERS)[number]) {
  const { left, top } = boxStyle({
    ...area,
    x: corner.endsWith('left') ? area.x : area.x + area.width,
    y: corner.startsWith('top') ? area.y : area.y + area.height,
  });
  return { left, top };
}

interface AreaToolsProps {
  selection: AreaSelection;
  /** Buttons beside the one that starts. */
  children?: ReactNode;
}

/** Starts selecting an area; while one is being selected, searches with it or leaves it. */
export function AreaTools({ selection, children }: AreaToolsProps) {
  const { area, edits, start, search, cancel } = selection;
  if (area === null) {
    return (
      <div className="stage-tools">
        <button
          type="button"
          className="stage-pill stage-pill-button area-start"
          aria-keyshortcuts="R"
          title={t('viewer.selectArea')}
          onClick={start}
        >
          <AreaIcon /> <span className="area-label">{t('viewer.selectArea')}</span>
        </button>
        {children}
      </div>
    );
  }
  // Above an area that they would cover.
  const above = area.y + area.height > 0.85 && area.y > 0.15;
  return (
    <div className="stage-pills area-pills" data-above={above || undefined}>
      <span className="stage-pill area-hint">{t('viewer.areaHint')}</span>
      <button
        type="button"
        className="stage-pill stage-pill-button stage-pill-first"
        onClick={search}
      >
        {edits ? t('viewer.updateArea') : t('viewer.searchArea')}
      </button>
      <button type="button" className="stage-pill stage-pill-button" onClick={cancel}>
        {t('common.cancel')}
      </button>
    </div>
  );
}
