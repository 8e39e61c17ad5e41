import { useCallback } from 'react';
import type { Credit, PhotoId, PhotoInfo } from '../../../protocol/index.ts';
import { bytes, cleanName, count, dateWords, importedWords, typeName } from '../../pure/format.ts';
import { useLoad } from '../../state/hooks/use-load.ts';
import { useUi } from '../../state/ui.ts';
import { shownLanguage } from '../../text/language.ts';
import { t } from '../../text/t.ts';

/** Photo metadata; reserves its space until loaded. */
export function PhotoFacts({ info }: { info: PhotoInfo | null }) {
  return (
    <div className="facts muted">
      {info && <FactsLine info={info} />}
      {info?.endMissing && <p data-testid="end-missing">{t('viewer.incomplete')}</p>}
      {info?.credit && <CreditLine credit={info.credit} />}
    </div>
  );
}

/** What the photo shows, if certain. Renders nothing if uncertain or on error. */
function LooksLike({ id }: { id: PhotoId }) {
  const { akin, navigation, queries } = useUi();
  const { value } = useLoad(
    useCallback((signal) => akin.looksLike(id, { language: shownLanguage(), signal }), [akin, id]),
  );
  if (!value) return null;
  return (
    <li data-testid="looks-like">
      {t.rich('viewer.looksLike', {
        word: value,
        link: (word) => (
          <button
            type="button"
            className="link-button"
            onClick={() => {
              const query = queries.keep([{ kind: 'word', text: value, mark: 'more' }]);
              navigation.push({ view: 'search', query });
            }}
          >
            {word}
          </button>
        ),
      })}
    </li>
  );
}

function FactsLine({ info }: { info: PhotoInfo }) {
  const facts = [
    ...(info.takenAt === undefined ? [] : [dateWords(info.takenAt, info.dateSource)]),
    `${count(info.width)} × ${count(info.height)}`,
    bytes(info.bytes),
    typeName(info.type),
    // Undated photos have this as their heading.
    ...(info.takenAt === undefined ? [] : [importedWords(info.addedAt)]),
  ];
  return (
    <ul className="facts-line">
      <li className="facts-name" title={cleanName(info.name)}>
        <bdi className="one-line">{cleanName(info.name)}</bdi>
      </li>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
      <LooksLike key={info.id} id={info.id} />
      {info.path !== '' && (
        <li className="facts-path" title={cleanName(info.path)}>
          <bdi className="one-line">{cleanName(info.path)}</bdi>
        </li>
      )}
    </ul>
  );
}

function CreditLine({ credit }: { credit: Credit }) {
  const { by, licence: license, source } = credit;
  return (
    <p data-testid="credit">
      {/^https:\/\//.test(source)
        ? t.rich('viewer.creditLinked', {
            by,
            license,
            link: (text) => (
              <a href={source} target="_blank" rel="noreferrer">
                {text}
              </a>
            ),
          })
        : t('viewer.credit', { by, license, source })}
    </p>
  );
}
