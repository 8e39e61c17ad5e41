import {
  type KeyboardEvent,
  type PointerEvent,
  type TouchEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { FaceBox } from '../../../protocol/index.ts';
import {
  ARROW_STEPS,
  boxBetween,
  boxStyle,
  firstBox,
  movedBox,
  resizedBox,
  type SharePoint,
} from '../../pure/viewer/face-box.ts';
import { t } from '../../text/t.ts';

interface DrawBoxProps {
  /** Width / height of the picture. */
  aspect: number;
  onDone: (box: FaceBox) => void;
  onCancel: () => void;
}

/** Draws the box of an undetected face, with a pointer or the arrow keys. */
export function DrawBox({ aspect, onDone, onCancel }: DrawBoxProps) {
  const layer = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const from = useRef<SharePoint | null>(null);
  const [box, setBox] = useState(() => firstBox(aspect));

  useEffect(() => handle.current?.focus(), []);

  const at = (event: PointerEvent): SharePoint => {
    const { left, top, width, height } = layer.current!.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && event.target === handle.current) onDone(box);
    else if (event.key in ARROW_STEPS) {
      const [dx, dy] = ARROW_STEPS[event.key]!;
      setBox((old) => (event.shiftKey ? resizedBox(old, dx, dy) : movedBox(old, dx, dy)));
    } else return;
    event.preventDefault();
  };
  // Drawing with a finger must not swipe to the next photo.
  const still = (event: TouchEvent) => event.stopPropagation();

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops keys of the controls inside
    <div className="draw" onKeyDown={onKeyDown} onTouchStart={still} onTouchEnd={still}>
      <div
        ref={layer}
        className="draw-layer"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = at(event);
        }}
        onPointerMove={(event) => {
          if (from.current) setBox((old) => boxBetween(from.current!, at(event)) ?? old);
        }}
        onPointerUp={() => {
          from.current = null;
          handle.current?.focus({ preventScroll: true });
        }}
        onPointerCancel={() => {
          from.current = null;
        }}
      />
      <button
        ref={handle}
        type="button"
        className="draw-box"
        style={boxStyle(box)}
        aria-label={t('faces.drawBox')}
        data-testid="draw-box"
      />
      <div className="stage-pills">
        <span className="stage-pill">{t('faces.drawHint')}</span>
        <button
          type="button"
          className="stage-pill stage-pill-button stage-pill-first"
          onClick={() => onDone(box)}
        >
          {t('faces.add')}
        </button>
        <button type="button" className="stage-pill stage-pill-button" onClick={onCancel}>
          {t('common.cancel')}
        </button>
      </div>
    </div>
  );
}
