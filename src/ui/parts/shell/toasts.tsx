import { Toast } from '@base-ui/react/toast';
import type { ShowToast } from '../../state/actions/toast.ts';
import { t } from '../../text/t.ts';
import { CloseIcon } from '../icons.tsx';
import './toasts.css';

const TIMEOUT_MS = 6000;

interface ToastData {
  /** Says what happened in a dialog; other toasts stay below one that opens over them. */
  fromDialog: boolean;
}

export const toastManager = Toast.createToastManager<ToastData>();

export const showToast: ShowToast = ({ text, detail, action, timeout = TIMEOUT_MS, urgent }) => {
  const id: string = toastManager.add({
    title: text,
    description: detail,
    timeout,
    data: { fromDialog: document.querySelector('.panel') !== null },
    priority: urgent ? 'high' : 'low',
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          toastManager.close(id);
          action.run();
        },
      },
    }),
  });
  return () => toastManager.close(id);
};

/** Toasts in a corner, the newest nearest to it; F6 focuses them. */
export function Toasts() {
  return (
    <Toast.Portal>
      <Toast.Viewport className="toasts layer-toast" aria-label={t('app.notifications')}>
        <ToastList />
      </Toast.Viewport>
    </Toast.Portal>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager<ToastData>();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="toast"
      data-from-dialog={toast.data?.fromDialog || undefined}
      swipeDirection={['down', 'right']}
    >
      <Toast.Content className="toast-content">
        <div className="toast-words">
          <Toast.Title className="toast-title" render={<p />} />
          <Toast.Description className="toast-detail" />
        </div>
        <Toast.Action className="toast-action" />
        {/* Focusable at any time, so never hidden from screen readers. */}
        <Toast.Close
          className="icon-button toast-close"
          aria-label={t('common.dismiss')}
          aria-hidden={false}
        >
          <CloseIcon />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
