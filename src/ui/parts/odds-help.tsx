import { Popover } from '@base-ui/react/popover';
import { likeness } from '../pure/similarity.ts';
import { HelpIcon } from './icons.tsx';
import { Meter } from './meter.tsx';
import './odds-help.css';

const EXAMPLES = [1e-6, 1 / 10_000, 1 / 1_000, 1 / 100, 1 / 20].map((chance) => likeness(chance));

/** Explains what the figures under the results mean. */
export function OddsHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button odds-button" aria-label="What do the figures mean?">
        <HelpIcon />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="layer-menu">
          <Popover.Popup className="odds-popup">
            <Popover.Title>What does “1 in 4,000” mean?</Popover.Title>
            <Popover.Description>
              Take two photos that have nothing to do with each other. In 1 of 4,000 such pairs they
              look at least this alike. So the rarer, the less it can be chance.
            </Popover.Description>
            <ul>
              {EXAMPLES.map(({ level, word, odds }) => (
                <li key={level}>
                  <Meter level={level} />
                  <span>{word}</span>
                  <span className="muted">{odds}</span>
                </li>
              ))}
            </ul>
            <p className="muted">
              Akin compares what can be seen: shapes, colours, textures, things. It knows nothing of
              when or where a photo was taken.
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
