import type { PhotoId, ResultGroup } from '../../../../protocol/index.ts';
import { opensElsewhere } from '../../../pure/opens-elsewhere.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { FaceCrop } from '../../faces/face-crop.tsx';
import { Marks } from '../../grid/marks.tsx';
import { ThumbImage } from '../../grid/tile.tsx';
import './group-grid.css';

const FACE = 30;

interface GroupGridProps {
  groups: readonly ResultGroup[];
  /** Called before a group is opened. */
  onLeave: () => void;
  /** Marks the best photo of a group as to be more or less like; absent without an example. */
  onMark: ((id: PhotoId, mark: 'more' | 'less') => void) | undefined;
}

/** Space below the name of a group. */
const NAME = 54;

/** Items or people among the results: the best photo of each, and how many there are. */
export function GroupGrid({ groups, onLeave, onMark }: GroupGridProps) {
  return (
    <ul className="group-grid" aria-label={t('query.groups')}>
      {groups.map((group) => (
        <li key={(group.item ?? group.person)?.key}>
          <GroupTile group={group} onLeave={onLeave} />
          {onMark && group.photos[0] !== undefined && (
            <Marks id={group.photos[0]} bottom={NAME} onMark={onMark} />
          )}
        </li>
      ))}
    </ul>
  );
}

function GroupTile({ group, onLeave }: { group: ResultGroup; onLeave: () => void }) {
  const { navigation } = useUi();
  const { item, person, photos } = group;
  const [best] = photos;
  const route = item
    ? ({ view: 'item', key: item.key } as const)
    : ({ view: 'person', key: person.key } as const);
  const name = item ? item.title : person.name || t('people.unnamed');
  const total = Math.max(photos.length, (item ?? person).photos);
  return (
    <a
      className="group-tile"
      href={navigation.url(route)}
      draggable={false}
      data-testid="group-tile"
      onClick={(event) => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        onLeave();
        navigation.push(route);
      }}
    >
      <span className="group-picture" data-several={photos.length > 1 || undefined}>
        {best !== undefined && <ThumbImage id={best} alt="" />}
        <span className="group-count" aria-hidden="true">
          {photos.length}
        </span>
      </span>
      <span className="group-name">
        {person && person.cover !== null && <FaceCrop face={person.cover} size={FACE} round />}
        <span>
          <bdi className="one-line">{name}</bdi>
          <small className="muted one-line">
            {t('query.ofPhotos', { count: photos.length, total })}
          </small>
        </span>
      </span>
    </a>
  );
}
