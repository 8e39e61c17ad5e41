import { Popover } from '@base-ui/react/popover';
import { likeness, odds } from '../pure/similarity.ts';
import { t } from '../text/t.ts';
import { HelpIcon } from './icons.tsx';
import { Meter } from './meter.tsx';
import './odds-help.css';

/** A chance of each level, as 1 in so many. */
const EXAMPLES = [1_000_000, 10_000, 1_000, 100, 20];
const EXPLAINED = 4_000;

/** Explains what the figures under the results mean. */
export function OddsHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button odds-button" aria-label={t('similar.helpLabel')}>
        <HelpIcon />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="layer-menu">
          <Popover.Popup className="odds-popup">
            <Popover.Title>{t('similar.helpTitle', { odds: odds(1 / EXPLAINED) })}</Popover.Title>
            <Popover.Description>{t('similar.helpBody', { count: EXPLAINED })}</Popover.Description>
            <ul>
              {EXAMPLES.map((pairs) => likeness(1 / pairs)).map((each) => (
                <li key={each.level}>
                  <Meter level={each.level} />
                  <span>{each.word}</span>
                  <span className="muted">{each.odds}</span>
                </li>
              ))}
            </ul>
            <p className="muted">{t('similar.helpNote')}</p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
