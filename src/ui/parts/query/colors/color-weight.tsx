import { Popover } from '@base-ui/react/popover';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { COLOR_WEIGHT } from '../../../../engine/index.ts';
import { t } from '../../../text/t.ts';
import './colors.css';

/** The most that `bench:color` measures: beyond it, what a photo shows hardly counts. */
const MOST = 0.6;
const STEP = 0.1;

interface ColorWeightProps {
  /** Of the term; the default if undefined. */
  value: number | undefined;
  onValue: (value: number) => void;
  open: boolean;
  onClose: () => void;
  /** The term's chip. */
  anchor: RefObject<HTMLElement | null>;
}

/** A slider that says how much the colors of a picture count beside what it shows. */
export function ColorWeight({
  value = COLOR_WEIGHT,
  onValue,
  open,
  onClose,
  anchor,
}: ColorWeightProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Popover.Root open={open} onOpenChange={(is) => !is && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          sideOffset={6}
          align="start"
          collisionPadding={8}
          className="layer-menu"
        >
          <Popover.Popup className="menu color-weight" initialFocus={input} finalFocus={anchor}>
            <Popover.Title className="color-weight-title">
              {t('query.colorWeightTitle')}
            </Popover.Title>
            <Slider input={input} value={value} onValue={onValue} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface SliderProps {
  input: RefObject<HTMLInputElement | null>;
  value: number;
  onValue: (value: number) => void;
}

function Slider({ input, value, onValue }: SliderProps) {
  const [shown, setShown] = useState(value);
  const ends = useId();
  // While it is dragged, only the slider moves; React's own event doesn't tell when it ends.
  useEffect(() => {
    const slider = input.current;
    const commit = () => slider && onValue(Number(slider.value));
    slider?.addEventListener('change', commit);
    return () => slider?.removeEventListener('change', commit);
  }, [input, onValue]);
  return (
    <>
      <input
        ref={input}
        type="range"
        min={0}
        max={MOST}
        step={STEP}
        value={shown}
        onChange={({ target }) => setShown(Number(target.value))}
        aria-label={t('query.colorWeightTitle')}
        aria-describedby={ends}
        aria-valuetext={
          shown > 0 ? t('query.colorShare', { percent: shown }) : t('query.whatItShows')
        }
      />
      <p id={ends} className="color-weight-ends">
        <span>{t('query.whatItShows')}</span>
        <span>{t('query.itsColorsToo')}</span>
      </p>
    </>
  );
}
