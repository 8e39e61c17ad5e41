import { Component, type ReactNode } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { RetryIcon, WarningIcon } from '../icons.tsx';
import '../../screens/waiting.css';

interface CrashScreenProps {
  children: ReactNode;
}

/** Error boundary: without it, a render error would leave an empty page. */
export class CrashScreen extends Component<CrashScreenProps, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <div className="app">
        <main className="screen waiting" role="alert">
          <WarningIcon />
          <h1>{t('app.crashTitle')}</h1>
          <p className="muted">{t('app.crashHint')}</p>
          <Button look="primary" onClick={() => location.reload()}>
            <RetryIcon /> {t('common.reload')}
          </Button>
        </main>
      </div>
    );
  }
}
