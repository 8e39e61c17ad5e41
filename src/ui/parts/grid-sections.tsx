import type { VirtualItem } from '@tanstack/react-virtual';
import { type ReactNode, useId } from 'react';
import type { Section } from '../pure/dated-photos.ts';
import { type Rows, rowOf } from '../pure/justify.ts';

interface GridSectionsProps {
  sections: readonly Section[] | undefined;
  rows: Rows;
  /** Rows that are on the page, ascending. */
  shown: readonly VirtualItem[];
  /** Room above the first row. */
  above: number;
  drawRow: (item: VirtualItem) => ReactNode;
}

/**
 * The rows that are on the page, those of one section under its heading. To a screen reader a
 * section is a group within the list, by the name of its heading: a list of options has no others.
 */
export function GridSections({ sections, rows, shown, above, drawRow }: GridSectionsProps) {
  const name = useId();
  if (sections === undefined) return shown.map(drawRow);
  return groupsOf(sections, rows, shown).map(({ section, items }) => (
    // A title stands for one section; a place is another's as soon as photos come or go.
    // biome-ignore lint/a11y/useSemanticElements: a listbox holds options and groups of them alone
    <div key={section.title} role="group" aria-labelledby={`${name}${section.start}`}>
      <div
        className="grid-heading one-line"
        id={`${name}${section.start}`}
        role="presentation"
        data-testid="grid-heading"
        style={{ transform: `translateY(${above + rows.tops[rowOf(rows, section.start)]!}px)` }}
      >
        {section.title}
      </div>
      {items.map(drawRow)}
    </div>
  ));
}

function groupsOf(sections: readonly Section[], rows: Rows, shown: readonly VirtualItem[]) {
  const groups: { section: Section; items: VirtualItem[] }[] = [];
  let at = 0;
  for (const item of shown) {
    const first = rows.starts[item.index] ?? 0;
    while (at + 1 < sections.length && sections[at + 1]!.start <= first) at++;
    const section = sections[at];
    if (section === undefined) break;
    if (groups.at(-1)?.section === section) groups.at(-1)!.items.push(item);
    else groups.push({ section, items: [item] });
  }
  return groups;
}
