import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { PersonView } from '../../../../protocol/index.ts';
import { whom } from '../../../pure/people/face-text.ts';
import type { MergeOrder } from '../../../pure/people/merge-order.ts';
import { useBackCloses } from '../../../state/hooks/use-back-closes.ts';
import { t } from '../../../text/t.ts';
import { Button } from '../../button.tsx';
import { NextIcon } from '../../icons.tsx';
import { PersonFigure } from '../person-chip.tsx';
import '../../../panels/panel.css';
import './merge-question.css';

interface MergeQuestionProps {
  order: MergeOrder;
  onMerge: () => void;
  onCancel: () => void;
  /** Keeps them as two people with the same name; not offered if omitted. */
  onSeparate?: () => void;
}

/** Shows two people and asks for confirmation before merging them. */
export function MergeQuestion({ order, onMerge, onCancel, onSeparate }: MergeQuestionProps) {
  useBackCloses(onCancel);
  const { into, from } = order;
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="panel panel-small">
          <div className="panel-head">
            <AlertDialog.Title className="panel-title">
              {t('person.mergeInto', { ...whom(into), count: from.photos })}
            </AlertDialog.Title>
          </div>
          <div className="panel-body">
            <div className="merge-pair">
              <Side person={from} />
              <NextIcon />
              <Side person={into} />
            </div>
            <AlertDialog.Description>
              {onSeparate ? t('person.mergeSameName', whom(into)) : t('person.mergeNote')}
            </AlertDialog.Description>
            <div className="panel-buttons">
              <Button onClick={onCancel}>{t('common.cancel')}</Button>
              {onSeparate && <Button onClick={onSeparate}>{t('person.keepSeparate')}</Button>}
              <Button look="primary" onClick={onMerge}>
                {t('person.merge')}
              </Button>
            </div>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Side({ person }: { person: PersonView }) {
  return (
    <div className="merge-side">
      <PersonFigure person={person} />
    </div>
  );
}
