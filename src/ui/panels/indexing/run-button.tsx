import { Button } from '../../parts/button.tsx';
import { t } from '../../text/t.ts';

interface RunButtonProps {
  running: boolean;
  /** What it starts. */
  children: string;
  disabled: boolean;
  onStart: () => void;
  onCancel: () => void;
}

/**
 * Starts something and cancels it while it runs. One button for both, so that the focus stays on
 * it; the second click of a double click is not taken for a wish to cancel.
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
