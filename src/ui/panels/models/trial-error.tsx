import { type ReactNode, useEffect, useRef } from 'react';
import type { AkinError } from '../../../engine/index.ts';
import { WarningIcon } from '../../parts/icons.tsx';
import { errorText } from '../../text/errorText.ts';
import { takeFocus } from '../take-focus.ts';

interface TrialErrorProps {
  title: string;
  error: AkinError;
  /** What is unaffected, or what to do. */
  children?: ReactNode;
}

/** Shows what went wrong with the model, next to where it can be fixed. */
export function TrialError({ title, error, children }: TrialErrorProps) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: refocus for each error
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    return takeFocus(box.current);
  }, [error]);
  return (
    <div
      ref={box}
      className="trial-error"
      role="alert"
      tabIndex={-1}
      data-testid="trial-error"
      data-code={error.code}
    >
      <WarningIcon />
      <div>
        <p className="trial-error-title">{title}</p>
        <p>{errorText(error)}</p>
        {children}
      </div>
    </div>
  );
}
