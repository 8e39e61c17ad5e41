import { LAB_CHAPTERS, type LabChapter } from '../../pure/route.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { chapterName } from './chapter-names.ts';

/** The chapters: a column, or on phones a menu. */
export function ChapterNav({ current }: { current: LabChapter }) {
  const { navigation } = useUi();
  const open = (chapter: LabChapter) => navigation.push({ view: 'lab', chapter });
  return (
    <nav className="lab-nav" aria-label={t('lab.chapters')}>
      <ol className="lab-chapters">
        {LAB_CHAPTERS.map((chapter) => (
          <li key={chapter}>
            <a
              className="lab-chapter-link"
              href={navigation.url({ view: 'lab', chapter })}
              aria-current={chapter === current ? 'page' : undefined}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                open(chapter);
              }}
            >
              {chapterName(chapter)}
            </a>
          </li>
        ))}
      </ol>
      <select
        className="lab-menu"
        aria-label={t('lab.chapters')}
        value={current}
        onChange={({ target }) => open(target.value as LabChapter)}
      >
        {LAB_CHAPTERS.map((chapter, i) => (
          <option key={chapter} value={chapter}>
            {t('lab.numbered', { number: i + 1, name: chapterName(chapter) })}
          </option>
        ))}
      </select>
    </nav>
  );
}
