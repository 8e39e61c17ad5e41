import type { IndexSpec } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { CheckIcon } from '../../parts/icons.tsx';
import { t } from '../../text/t.ts';
import { type IndexChoiceState, useIndexChoice } from '../state/use-index-choice.ts';

/** Makes an index type the library's own. */
export function UseButton({ spec }: { spec: IndexSpec }) {
  return <UseThis spec={spec} choice={useIndexChoice()} />;
}

interface UseThisProps {
  spec: IndexSpec;
  choice: IndexChoiceState;
  /** What else tells it from other such buttons. */
  detail?: string;
}

/** One of several such buttons, which share what they know. */
export function UseThis({ spec, choice: { isUsed, isBusy, use }, detail }: UseThisProps) {
  const text = t(isUsed(spec) ? 'lab.inUse' : 'lab.use');
  return (
    <Button
      look={isUsed(spec) ? 'plain' : 'primary'}
      className="lab-use"
      aria-disabled={isUsed(spec) || isBusy}
      aria-label={detail && t('lab.useDetail', { text, detail })}
      onClick={() => void use(spec)}
      data-testid="lab-use"
    >
      {isUsed(spec) && <CheckIcon />} {text}
    </Button>
  );
}
