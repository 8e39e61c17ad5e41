import { type RefObject, useRef } from 'react';
import type { PhotoId, QueryAnswer } from '../../../protocol/index.ts';
import {
  isPicture,
  type PageTerm,
  toQuery,
  withoutTerm,
  withTerm,
} from '../../pure/query/terms.ts';
import { useBelow } from '../../state/hooks/query/use-below.ts';
import { useLatest } from '../../state/hooks/use-latest.ts';
import { startRun } from '../../state/photo-run.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { TermChip } from './term-chip.tsx';

interface TermsProps {
  /** Key of the query. */
  query: string | undefined;
  terms: readonly PageTerm[];
  /** `null` until it is there. */
  answer: QueryAnswer | null;
  onChange: (terms: readonly PageTerm[]) => void;
  /** Gets the focus after the last term. */
  input: RefObject<HTMLInputElement | null>;
}

/** The terms of a query as chips. */
export function Terms({ query, terms, answer, onChange, input }: TermsProps) {
  const { actions, navigation, queryActions } = useUi();
  const list = useRef<HTMLUListElement>(null);
  // The terms may have changed while the colors were computed.
  const latest = useLatest((colors: readonly string[]) =>
    onChange(withTerm(terms, { kind: 'color', colors, mark: 'more' })),
  );
  const focus = (place: number) => {
    const chip = list.current?.querySelectorAll<HTMLElement>('.term-chip')[place];
    (chip ?? input.current)?.focus();
  };
  const remove = (place: number) => {
    // The chips after it move up, and the last one goes.
    if (place === terms.length - 1) focus(place - 1);
    onChange(withoutTerm(terms, place));
  };
  const searchColors = async (term: PageTerm) => {
    const what = term.kind === 'photo' ? term.id : term.kind === 'picture' && term.picture;
    if (!what) return;
    const colors = await queryActions.colorsOf(what);
    if (colors.length > 0) latest.current(colors);
  };
  const edit = (id: PhotoId, editing: number) => {
    startRun(Uint32Array.of(id), query === undefined ? null : { key: query, editing });
    navigation.push({ view: 'photo', id });
  };
  const below = useBelow(list, terms.length);
  const { places } = toQuery(terms);
  const reportOf = (place: number) => answer?.terms[places.indexOf(place)];
  const pictures = terms.flatMap((term, place) =>
    term.kind === 'picture' && term.picture !== null && reportOf(place)?.state !== 'unreadable'
      ? [term.picture]
      : [],
  );
  return (
    <>
      <div className="terms-row">
        <ul ref={list} className="terms" aria-label={t('query.terms')}>
          {terms.map((term, place) => (
            <TermChip
              // biome-ignore lint/suspicious/noArrayIndexKey: terms have no other identity
              key={place}
              term={term}
              report={reportOf(place)}
              onMark={(mark) => onChange(terms.with(place, { ...term, mark }))}
              onColorWeight={(colorWeight) =>
                isPicture(term) && onChange(terms.with(place, { ...term, colorWeight }))
              }
              onColors={() => void searchColors(term)}
              onRemove={() => remove(place)}
              onEdit={term.kind === 'region' ? () => edit(term.id, place) : undefined}
              onStep={(step) => focus(place + step)}
            />
          ))}
        </ul>
        {below > 0 && (
          <Button
            look="quiet"
            className="terms-action"
            aria-label={t('query.moreTerms', { count: below })}
            onClick={() => focus(terms.length - below)}
          >
            {t('query.moreTermsShort', { count: below })}
          </Button>
        )}
        <Button look="quiet" className="terms-action" onClick={() => onChange([])}>
          {t('query.clear')}
        </Button>
      </div>
      {pictures.length > 0 && (
        <p className="search-note" data-testid="not-saved">
          {t('query.notInLibrary', { count: pictures.length })}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => void actions.importFiles(pictures.map(toFile))}
          >
            {t('query.addToLibrary')}
          </button>
        </p>
      )}
    </>
  );
}

/** Pictures of the camera have no name. */
function toFile(picture: Blob): File {
  if (picture instanceof File) return picture;
  return new File([picture], t('query.pictureName'), { type: picture.type });
}
