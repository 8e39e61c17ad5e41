import { memo, type ReactNode } from 'react';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { Mark, WarningIcon } from '../icons.tsx';
import './top-bar.css';

export function Bar({ children }: { children: ReactNode }) {
  return <header className="bar">{children}</header>;
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

/** The failed files, where there are any: a quiet reminder that opens their list. */
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
  /** Photos in the library; not said while there are none. */
  photos?: number;
  /** Where they are searched for. */
  search?: ReactNode;
  /** What can be done with them. */
  children?: ReactNode;
}

/** The bar of the gallery and of what stands in its place. */
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
