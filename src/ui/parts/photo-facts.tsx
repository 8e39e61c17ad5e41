import type { Credit, PhotoInfo } from '../../protocol/index.ts';
import { bytes, cleanName, count, dateWords, day, typeName } from '../pure/format.ts';

/** What is known of a photo besides its pixels, quietly; its room alone until that is there. */
export function PhotoFacts({ info }: { info: PhotoInfo | null }) {
  return (
    <div className="facts muted">
      {info && <FactsLine info={info} />}
      {info?.endMissing && <p data-testid="end-missing">The end of the file is missing</p>}
      {info?.credit && <CreditLine credit={info.credit} />}
    </div>
  );
}

function FactsLine({ info }: { info: PhotoInfo }) {
  const facts = [
    ...(info.takenAt === undefined ? [] : [dateWords(info.takenAt, info.dateSource)]),
    `${count(info.width)} × ${count(info.height)}`,
    bytes(info.bytes),
    typeName(info.type),
    `added ${day(info.addedAt)}`,
  ];
  return (
    <ul className="facts-line">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
      {info.path !== '' && (
        <li className="facts-path" title={cleanName(info.path)}>
          <bdi className="one-line">{cleanName(info.path)}</bdi>
        </li>
      )}
    </ul>
  );
}

function CreditLine({ credit }: { credit: Credit }) {
  const link = /^https:\/\//.test(credit.source);
  return (
    <p data-testid="credit">
      Picture: {credit.by} · {credit.licence} ·{' '}
      {link ? (
        <a href={credit.source} target="_blank" rel="noreferrer">
          source
        </a>
      ) : (
        credit.source
      )}
    </p>
  );
}
