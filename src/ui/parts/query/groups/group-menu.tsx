import { Menu } from '@base-ui/react/menu';
import { useRef } from 'react';
import { type GroupBy, isGroupBy } from '../../../pure/query/group-by.ts';
import { useItems } from '../../../state/hooks/use-items-load.ts';
import { useObservable } from '../../../state/hooks/use-observable.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Button } from '../../button.tsx';
import { CheckIcon, GroupIcon } from '../../icons.tsx';

interface GroupMenuProps {
  value: GroupBy;
  onValue: (value: GroupBy) => void;
}

/** What the results are grouped by; nothing in a library without items and people. */
export function GroupMenu({ value, onValue }: GroupMenuProps) {
  const { faces } = useUi();
  const place = useRef<HTMLSpanElement>(null);
  const hasItems = (useItems()?.length ?? 0) > 0;
  const hasPeople = useObservable(faces.state).report?.on === true;
  const choices: readonly GroupBy[] = [
    'photo',
    ...(hasItems ? (['item'] as const) : []),
    ...(hasPeople ? (['person'] as const) : []),
  ];
  if (choices.length === 1 && value === 'photo') return null;
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <Button
            look="quiet"
            className="search-tool button-bar"
            aria-label={t('query.groupedBy', { group: t(`query.by.${value}`) })}
          >
            <GroupIcon />
            <span>{value === 'photo' ? t('query.groupBy') : t(`query.by.${value}`)}</span>
          </Button>
        }
      />
      <span ref={place} className="menu-place" />
      <Menu.Portal container={place}>
        <Menu.Positioner sideOffset={6} align="end" className="layer-menu">
          <Menu.Popup className="menu">
            <Menu.RadioGroup
              value={value}
              onValueChange={(next: unknown) => isGroupBy(next) && onValue(next)}
            >
              {choices.map((each) => (
                <Menu.RadioItem key={each} value={each} className="menu-item" closeOnClick>
                  <span className="menu-check">
                    <Menu.RadioItemIndicator>
                      <CheckIcon />
                    </Menu.RadioItemIndicator>
                  </span>
                  {t(`query.by.${each}`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
