import { useCallback } from 'react';
import type { ItemEntryView } from '../../../protocol/index.ts';
import { ItemPicture } from '../../parts/items/item-card.tsx';
import { itemChangeText } from '../../pure/items/item-change.ts';
import { useItemsLoad } from '../../state/hooks/use-items-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { ChangeLog } from '../log/change-log.tsx';
import { type PanelProps, PanelShell } from '../panel.tsx';
import './item-log.css';

/** Pictures of a change: as many as fit beside its text. */
const SHOWN = 2;

/** All changes to items, each with an undo button. */
export default function ItemLog({ onClose, children }: PanelProps) {
  const { akin, items } = useUi();
  const { value, error } = useItemsLoad(useCallback(() => akin.items.history(), [akin]));
  return (
    <PanelShell
      title={t('items.history')}
      onClose={onClose}
      question={children}
      textOnly={!value?.length}
    >
      <p className="muted">{t('items.historyIntro')}</p>
      {error && <p role="alert">{errorText(error)}</p>}
      {value?.length === 0 && <p className="muted">{t('people.historyEmpty')}</p>}
      <ChangeLog
        changes={(value ?? []).map((entry) => ({
          entry: entry.entry,
          at: entry.at,
          reverted: entry.reverted,
          text: itemChangeText(entry),
          figures: <Figures entry={entry} />,
        }))}
        onTurn={({ entry, reverted }) => void (reverted ? items.redo(entry) : items.undo(entry))}
      />
    </PanelShell>
  );
}

function Figures({ entry: { pictures } }: { entry: ItemEntryView }) {
  if (pictures.length === 0) return <ItemPicture photo={null} />;
  return pictures.slice(0, SHOWN).map((id) => <ItemPicture key={id} photo={id} />);
}
