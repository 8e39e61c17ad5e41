import type { VirtualItem } from '@tanstack/react-virtual';
import { type ReactNode, useId } from 'react';
import type { Section } from '../../pure/gallery/dated-photos.ts';
import { type Rows, rowOf } from '../../pure/gallery/justify.ts';

interface GridSectionsProps {
  sections: readonly Section[] | undefined;
  rows: Rows;
  /** Rendered rows, ascending. */
  shown: readonly VirtualItem[];
  /** Space above the first row. */
  above: number;
  /** `top` is relative to the row's container. */
  drawRow: (item: VirtualItem, top: number) => ReactNode;
}

/**
 * The rendered rows grouped by section under sticky headings. For screen readers, a section is a
 * group labelled by its heading, the only structure that a listbox allows.
 */
export function GridSections({ sections, rows, shown, above, drawRow }: GridSectionsProps) {
  const name = useId();
  if (sections === undefined) return shown.map((item) => drawRow(item, 0));
  return groupsOf(sections, rows, shown).map(({ section, top, height, items }) => (
    // Key by title: start indices shift as photos are added and removed.
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
