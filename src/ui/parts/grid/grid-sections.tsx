import type { VirtualItem } from '@tanstack/react-virtual';
import { type ReactNode, useId } from 'react';
import type { Section } from '../../pure/gallery/dated-photos.ts';
import { type Rows, rowOf } from '../../pure/gallery/justify.ts';

interface GridSectionsProps {
  sections: readonly Section[] | undefined;
  rows: Rows;
  /** Rows that are on the page, ascending. */
  shown: readonly VirtualItem[];
  /** Room above the first row. */
  above: number;
  /** `top`: of what the row is placed in. */
  drawRow: (item: VirtualItem, top: number) => ReactNode;
}

/**
 * The rows that are on the page, those of one section under its heading, which stays in view for as
 * long as they are. To a screen reader a
 * section is a group within the list, by the name of its heading: a list of options has no others.
 */
export function GridSections({ sections, rows, shown, above, drawRow }: GridSectionsProps) {
  const name = useId();
  if (sections === undefined) return shown.map((item) => drawRow(item, 0));
  return groupsOf(sections, rows, shown).map(({ section, top, height, items }) => (
    // A title stands for one section; a place is another's as soon as photos come or go.
    // biome-ignore lint/a11y/useSemanticElements: a listbox holds options and groups of them alone
    <div
      key={section.title}
      role="group"
      className="grid-section"
      aria-labelledby={`${name}${section.start}`}
      style={{ top: above + top, height }}
    >
      <div
        className="grid-heading one-line"
        id={`${name}${section.start}`}
        role="presentation"
        data-testid="grid-heading"
      >
        {section.title}
      </div>
      {items.map((item) => drawRow(item, above + top))}
    </div>
  ));
}

function groupsOf(sections: readonly Section[], rows: Rows, shown: readonly VirtualItem[]) {
  const groups: { section: Section; top: number; height: number; items: VirtualItem[] }[] = [];
  let at = 0;
  for (const item of shown) {
    const first = rows.starts[item.index] ?? 0;
    while (at + 1 < sections.length && sections[at + 1]!.start <= first) at++;
    const section = sections[at];
    if (section === undefined) break;
    if (groups.at(-1)?.section === section) groups.at(-1)!.items.push(item);
    else {
      const top = rows.tops[rowOf(rows, section.start)]!;
      const next = sections[at + 1];
      const end = rows.tops[next ? rowOf(rows, next.start) : rows.count]!;
      groups.push({ section, top, height: end - top, items: [item] });
    }
  }
  return groups;
}
