import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { StoredQuery } from '../../../../protocol/index.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Button, IconButton } from '../../button.tsx';
import { CloseIcon, MoreIcon, PencilIcon, TrashIcon } from '../../icons.tsx';
import { ActionMenu } from '../../menu.tsx';
import { TermFigure, termsLabel } from '../term-figure.tsx';
import '../../faces/naming/person-picker.css';

/** Figures of a query's terms in its row. */
const FIGURES = 3;

interface QueryRowProps {
  query: StoredQuery;
  onOpen: () => void;
  onRemove: () => void;
}

/** A recent search: a click repeats it. */
export function RecentRow({ query, onOpen, onRemove }: QueryRowProps) {
  const label = termsLabel(query.terms);
  return (
    <li className="starter-row" data-testid="recent-search">
      <OpenButton query={query} label={label} onOpen={onOpen} onRemove={onRemove} />
      <IconButton label={t('query.removeRecent', { search: label })} onClick={onRemove}>
        <CloseIcon />
      </IconButton>
    </li>
  );
}

/** A search with a name, which can be changed. */
export function SavedRow({ query, onOpen, onRemove }: QueryRowProps) {
  const { queryActions } = useUi();
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const label = query.name ?? termsLabel(query.terms);
  const close = () => {
    setRenaming(false);
    requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('[data-start]')?.focus());
  };
  return (
    <li ref={row} className="starter-row" data-testid="saved-search">
      {renaming ? (
        <SearchNameForm
          name={label}
          onName={(name) => {
            void queryActions.rename(query.id, name);
            close();
          }}
          onCancel={close}
        />
      ) : (
        <>
          <OpenButton query={query} label={label} onOpen={onOpen} onRemove={onRemove} />
          <ActionMenu
            trigger={
              <IconButton label={t('query.savedActions', { name: label })}>
                <MoreIcon />
              </IconButton>
            }
            entries={[
              { label: t('query.rename'), icon: <PencilIcon />, run: () => setRenaming(true) },
              { label: t('query.deleteSearch'), icon: <TrashIcon />, run: onRemove },
            ]}
          />
        </>
      )}
    </li>
  );
}

interface OpenButtonProps extends QueryRowProps {
  label: string;
}

function OpenButton({ query, label, onOpen, onRemove }: OpenButtonProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Delete') return;
    event.preventDefault();
    onRemove();
  };
  return (
    <button
      type="button"
      className="starter-open"
      data-start=""
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      <span className="starter-figures">
        {figured(query.terms).map((term, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: terms have no other identity
          <span key={place} className="term-figure">
            <TermFigure term={term} />
          </span>
        ))}
      </span>
      <bdi className="one-line">{label}</bdi>
    </button>
  );
}

/** The terms to show figures of: those of words are all the same. */
function figured(terms: StoredQuery['terms']): StoredQuery['terms'] {
  const pictured = terms.filter(({ kind }) => kind !== 'word' && kind !== 'filter');
  return pictured.length > 0 ? pictured.slice(0, FIGURES) : terms.slice(0, 1);
}

interface SearchNameFormProps {
  name: string;
  onName: (name: string) => void;
  onCancel: () => void;
}

/** A field for the name of a saved search. */
export function SearchNameForm({ name, onName, onCancel }: SearchNameFormProps) {
  const [text, setText] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') onName(text.trim());
  };
  return (
    <form className="search-name" onSubmit={submit}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was just asked for
        autoFocus
        className="field"
        value={text}
        maxLength={200}
        aria-label={t('query.searchName')}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button look="primary" type="submit" disabled={text.trim() === ''}>
        {t('common.save')}
      </Button>
    </form>
  );
}
