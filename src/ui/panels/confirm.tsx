import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useId, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { useBackCloses } from '../state/hooks/use-back-closes.ts';
import type { Question } from '../state/ui.ts';
import { t } from '../text/t.ts';
import './panel.css';

interface ConfirmProps {
  question: Question;
  onAnswer: (agreed: boolean) => void;
}

/** Confirmation dialog for irreversible or slow actions. */
export default function Confirm({ question, onAnswer }: ConfirmProps) {
  const [ticked, setTicked] = useState(question.tick === undefined);
  const tickId = useId();
  useBackCloses(() => onAnswer(false));
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onAnswer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop backdrop-top" forceRender />
        <AlertDialog.Popup className="panel panel-small panel-top">
          <div className="panel-head">
            <AlertDialog.Title className="panel-title">{question.title}</AlertDialog.Title>
          </div>
          <div className="panel-body">
            <AlertDialog.Description>{question.body}</AlertDialog.Description>
            {question.tick !== undefined && (
              <label className="tick" htmlFor={tickId}>
                <input
                  id={tickId}
                  type="checkbox"
                  checked={ticked}
                  onChange={(event) => setTicked(event.target.checked)}
                />
                {question.tick}
              </label>
            )}
            <div className="panel-buttons">
              <Button onClick={() => onAnswer(false)}>
                {question.decline ?? t('common.cancel')}
              </Button>
              <Button
                look={question.harmless ? 'primary' : 'danger'}
                disabled={!ticked}
                onClick={() => onAnswer(true)}
              >
                {question.confirm}
              </Button>
            </div>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
