import type { Credit, PhotoInfo } from '../../protocol/index.ts';
import { bytes, cleanName, count, day, typeName } from '../pure/format.ts';

/** What is known of a photo besides its pixels, in one quiet line. */
export function PhotoFacts({ info }: { info: PhotoInfo }) {
  const facts = [
    `${count(info.width)} × ${count(info.height)}`,
    bytes(info.bytes),
    typeName(info.type),
    `added ${day(info.addedAt)}`,
  ];
  return (
    <div className="facts muted">
      <ul className="facts-line">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
        {info.path !== '' && (
          <li className="facts-path" title={cleanName(info.path)}>
            <bdi>{cleanName(info.path)}</bdi>
          </li>
        )}
      </ul>
      {info.credit && <CreditLine credit={info.credit} />}
    </div>
  );
}

function CreditLine({ credit }: { credit: Credit }) {
  const link = /^https:\/\//.test(credit.source);
  return (
    <p data-testid="credit">
      Picture by {credit.by}, {credit.licence},{' '}
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
