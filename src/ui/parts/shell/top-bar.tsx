import { memo, type ReactNode, type Ref } from 'react';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { Mark, WarningIcon } from '../icons.tsx';
import './top-bar.css';

interface BarProps {
  ref?: Ref<HTMLElement>;
  /** Another bar takes its place; what is typed in this one stays. */
  hidden?: boolean;
  children: ReactNode;
}

export function Bar(props: BarProps) {
  return <header className="bar" {...props} />;
}

function Brand() {
  const { navigation } = useUi();
  return (
    <a
      className="brand"
      href={navigation.url({ view: 'gallery' })}
      onClick={(event) => {
        event.preventDefault();
        navigation.home();
      }}
    >
      <Mark size={26} />
      <span>{t('common.appName')}</span>
    </a>
  );
}

/** Opens the list of failed files, if there are any. */
const ProblemsButton = memo(function ProblemsButton() {
  const { akin, openPanel } = useUi();
  const failures = useObservable(akin.failures);
  if (failures.length === 0) return null;
  return (
    <IconButton
      className="problems-button"
      label={t('import.notImported', { count: failures.length })}
      onClick={() => openPanel('problems')}
    >
      <WarningIcon />
    </IconButton>
  );
});

interface HomeBarProps {
  /** Photo count of the library; hidden while 0. */
  photos?: number;
  /** Search field. */
  search?: ReactNode;
  /** Actions. */
  children?: ReactNode;
}

/** Top bar of the gallery, and of the screens shown instead of it. */
export function HomeBar({ photos = 0, search, children }: HomeBarProps) {
  return (
    <Bar>
      <h1 className="bar-title">
        <Brand />
      </h1>
      {photos > 0 && (
        <p className="bar-count muted" data-testid="photo-count">
          {t.rich('gallery.count', {
            count: photos,
            word: (word) => <span className="bar-count-word">{word}</span>,
          })}
        </p>
      )}
      {search}
      <div className="bar-end">
        <ProblemsButton />
        {children}
      </div>
    </Bar>
  );
}
