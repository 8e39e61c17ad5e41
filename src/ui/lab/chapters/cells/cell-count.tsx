import { count } from '../../../pure/format.ts';
import { t } from '../../../text/t.ts';

interface CellCountProps {
  nlist: number;
  /** The most that make sense. */
  most: number;
  onChange: (nlist: number) => void;
}

const CHOICES = [4, 8, 16, 32, 64, 128, 256];

/** How many cells to divide the photos into. */
export function CellCount({ nlist, most, onChange }: CellCountProps) {
  return (
    <label className="lab-choice">
      <span className="muted">{t('lab.cells.number')}</span>
      <select value={nlist} onChange={({ target }) => onChange(Number(target.value))}>
        {CHOICES.filter((each) => each <= Math.max(most, 4)).map((each) => (
          <option key={each} value={each}>
            {count(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
