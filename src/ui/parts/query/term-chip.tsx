import { Menu } from '@base-ui/react/menu';
import { useRef, useState } from 'react';
import type { TermReport } from '../../../protocol/index.ts';
import { isExample, isPicture, type Mark, type PageTerm } from '../../pure/query/terms.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { AreaIcon, CheckIcon, CloseIcon, PaletteIcon, SearchIcon } from '../icons.tsx';
import { ColorWeight } from './colors/color-weight.tsx';
import { TermFigure, termLabel } from './term-figure.tsx';
import './term-chip.css';

interface TermChipProps {
  term: PageTerm;
  /** What became of it, once the answer is there. */
  report: TermReport | undefined;
  onMark: (mark: Mark) => void;
  /** How much the colors of a picture count was changed. */
  onColorWeight: (weight: number) => void;
  onRemove: () => void;
  /** Searches with the colors of a picture. */
  onColors: () => void;
  /** Changes the area of a region. */
  onEdit: (() => void) | undefined;
  /** Moves the focus to the previous or next term. */
  onStep: (step: -1 | 1) => void;
}

/** One term of a query: its menu makes it count more or less, switches it off, or removes it. */
export function TermChip(props: TermChipProps) {
  const { term, report, onMark, onColorWeight, onColors, onRemove, onEdit, onStep } = props;
  const chip = useRef<HTMLButtonElement>(null);
  const [weighing, setWeighing] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const { mark } = term;
  const labels = marksOf(term);
  const note = noteOf(term, report);
  const label = termLabel(term);
  return (
    <li className="term" data-mark={mark} data-unused={note !== null || undefined}>
      <Menu.Root>
        <Menu.Trigger
          ref={chip}
          className="term-chip"
          data-testid="term"
          aria-label={t('query.term', { term: label, mark: labels[mark] })}
          title={note ?? label}
          onKeyDown={(event) => {
            if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
            else if (event.key === '+') onMark('more');
            else if (event.key === '-') onMark('less');
            else if (event.key === '0') onMark('off');
            else if (event.key === 'ArrowLeft') onStep(-1);
            else if (event.key === 'ArrowRight') onStep(1);
          }}
        >
          <span className="term-figure">
            <TermFigure term={term} />
          </span>
          {mark === 'less' && (
            <span className="term-sign" aria-hidden="true">
              −
            </span>
          )}
          <bdi className="one-line">{label}</bdi>
        </Menu.Trigger>
        <span ref={place} className="menu-place" />
        <Menu.Portal container={place}>
          <Menu.Positioner sideOffset={6} align="start" className="layer-menu">
            <Menu.Popup className="menu">
              {note !== null && <p className="term-note">{note}</p>}
              <Menu.RadioGroup value={mark} onValueChange={(next) => onMark(next as Mark)}>
                {(['more', 'less', 'off'] as const).map((each) => (
                  <Menu.RadioItem key={each} value={each} className="menu-item" closeOnClick>
                    <span className="menu-check">
                      <Menu.RadioItemIndicator>
                        <CheckIcon />
                      </Menu.RadioItemIndicator>
                    </span>
                    {labels[each]}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
              {isPicture(term) && (
                <Menu.Item className="menu-item" onClick={() => setWeighing(true)}>
                  <PaletteIcon />
                  <span>{t('query.colorWeight')}</span>
                </Menu.Item>
              )}
              {isPicture(term) && note === null && (
                <Menu.Item className="menu-item" onClick={onColors}>
                  <SearchIcon />
                  <span>{t('query.searchColors')}</span>
                </Menu.Item>
              )}
              {onEdit && report?.state !== 'gone' && (
                <Menu.Item className="menu-item" onClick={onEdit}>
                  <AreaIcon />
                  <span>{t('query.editArea')}</span>
                </Menu.Item>
              )}
              <Menu.Item className="menu-item" onClick={onRemove}>
                <CloseIcon />
                <span>{t('query.remove')}</span>
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {isPicture(term) && (
        <ColorWeight
          value={term.colorWeight}
          onValue={onColorWeight}
          open={weighing}
          onClose={() => setWeighing(false)}
          anchor={chip}
        />
      )}
    </li>
  );
}

function marksOf(term: PageTerm): Readonly<Record<Mark, string>> {
  if (term.kind === 'color') {
    return { more: t('query.moreOf'), less: t('query.lessOf'), off: t('query.off') };
  }
  return isExample(term)
    ? { more: t('query.more'), less: t('query.less'), off: t('query.off') }
    : { more: t('query.with'), less: t('query.without'), off: t('query.off') };
}

/** Why a term is not used; `null` if it is. */
function noteOf(term: PageTerm, report: TermReport | undefined): string | null {
  if (term.kind === 'picture' && term.picture === null) return t('query.pictureGone');
  switch (report?.state) {
    case 'gone':
      return t('query.photoGone');
    case 'not-ready':
      return t('query.notReady');
    case 'unknown-word':
      return t('query.unknownWord', { text: termLabel(term) });
    case 'unreadable':
      return report.error ? errorText(report.error) : null;
    case 'other-space':
      return t('query.noWords');
    default:
      return null;
  }
}
