import { Popover } from '@base-ui/react/popover';
import { LOOK_ALIKE_CHANCE } from '../../../protocol/index.ts';
import { levelRanges, levelWord, odds } from '../../pure/viewer/similarity.ts';
import { t } from '../../text/t.ts';
import { HelpIcon } from '../icons.tsx';
import { Meter } from '../meter.tsx';
import './odds-help.css';

const EXPLAINED = 4_000;

/** Explains the odds under the results. */
export function OddsHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button odds-button" aria-label={t('similar.helpLabel')}>
        <HelpIcon />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          sideOffset={6}
          align="start"
          collisionPadding={8}
          className="layer-menu"
        >
          <Popover.Popup className="odds-popup" tabIndex={0}>
            <Popover.Title>{t('similar.helpTitle', { odds: odds(1 / EXPLAINED) })}</Popover.Title>
            <Popover.Description>{t('similar.helpBody', { count: EXPLAINED })}</Popover.Description>
            <ul>
              {levelRanges().map(({ level, range }) => (
                <li key={level}>
                  <Meter level={level} />
                  <span>{levelWord(level)}</span>
                  <span className="muted">{range}</span>
                </li>
              ))}
            </ul>
            <p className="muted">
              {t('similar.helpNote')} {t('similar.helpEnd', { odds: odds(LOOK_ALIKE_CHANCE) })}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
