import { useId, useState } from 'react';
import { NextIcon } from '../../parts/icons.tsx';
import { count } from '../../pure/format.ts';
import { useWideWindow } from '../../state/hooks/use-wide-window.ts';
import { t } from '../../text/t.ts';
import { COLOR_BYS, type ColorBy, type Coloring, OTHERS } from '../pure/colors.ts';
import './color-by.css';

interface ColorByProps {
  value: ColorBy;
  choices: readonly ColorBy[];
  onValue: (by: ColorBy) => void;
  coloring: Coloring | null;
  /** Hexadecimal colors. */
  palette: readonly string[];
  /** Selects the photos of a color. */
  onSelect: (color: number) => void;
}

/** Chooses what the colors mean, and says what they are. */
export function ColorByPanel(props: ColorByProps) {
  const { value, choices, onValue, coloring, palette, onSelect } = props;
  const id = useId();
  const wide = useWideWindow();
  const [open, setOpen] = useState(wide);
  return (
    <section className="color-by" aria-label={t('map.legend')}>
      <div className="color-by-head">
        <label htmlFor={id}>{t('map.colorBy')}</label>
        <select
          id={id}
          value={value}
          onChange={({ target }) => onValue(COLOR_BYS.find((by) => by === target.value) ?? value)}
        >
          {choices.map((by) => (
            <option key={by} value={by}>
              {t(`map.by.${by}`)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className="icon-button color-by-toggle"
          aria-label={t('map.legend')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <NextIcon />
        </button>
      </div>
      {open && coloring && (
        <ul className="legend" data-testid="legend">
          {coloring.entries.map(({ color, label, count: photos }) => (
            <LegendLine
              key={color}
              color={palette[color] ?? ''}
              label={label}
              photos={photos}
              onSelect={() => onSelect(color)}
            />
          ))}
          {coloring.others > 0 && coloring.entries.length > 0 && (
            <LegendLine
              color={palette[OTHERS] ?? ''}
              label={t(`map.others.${value}`)}
              photos={coloring.others}
              onSelect={() => onSelect(OTHERS)}
            />
          )}
          {coloring.entries.length === 0 && <li className="muted">{t(`map.nothing.${value}`)}</li>}
        </ul>
      )}
    </section>
  );
}

interface LegendLineProps {
  color: string;
  label: string;
  photos: number;
  onSelect: () => void;
}

function LegendLine({ color, label, photos, onSelect }: LegendLineProps) {
  return (
    <li>
      <button
        type="button"
        className="legend-line"
        title={t('map.selectThese')}
        aria-description={t('map.selectThese')}
        onClick={onSelect}
      >
        <span className="legend-dot" style={{ background: color }} />
        <span className="one-line">{label}</span>
        <span className="muted">{count(photos)}</span>
      </button>
    </li>
  );
}
