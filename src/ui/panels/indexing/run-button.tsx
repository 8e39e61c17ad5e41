import { Button } from '../../parts/button.tsx';
import { t } from '../../text/t.ts';

interface RunButtonProps {
  running: boolean;
  /** Label of the start button. */
  children: string;
  disabled: boolean;
  onStart: () => void;
  onCancel: () => void;
}

/**
 * Starts an operation and cancels it while it runs. A single button keeps the focus; the second
 * click of a double click doesn't cancel.
 */
export function RunButton({ running, children, disabled, onStart, onCancel }: RunButtonProps) {
  return (
    <Button
      disabled={disabled && !running}
      onClick={(event) => {
        if (!running) onStart();
        else if (event.detail < 2) onCancel();
      }}
    >
      {running ? t('common.stop') : children}
    </Button>
  );
}
