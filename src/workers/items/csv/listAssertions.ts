import {
  ITEM_LIMITS,
  type Item,
  type ItemAssertion,
  type ItemDetails,
  type ItemId,
  type Items,
  isLink,
  readDetails,
} from '../../../identity/index.ts';
import type { ItemImportReport, RowProblem } from '../../../protocol/index.ts';
import type { PhotoFile } from '../../../store/index.ts';
import { matchFiles } from './matchFiles.ts';
import { type List, type ListRow, MOST_ROWS } from './readList.ts';

const MOST_LISTED = 1_000;
/** Rows or items between two pauses: a few milliseconds. */
const SLICE = 1_000;

export interface ListAssertions {
  readonly assertions: readonly ItemAssertion[];
  readonly report: Omit<ItemImportReport, 'entry'>;
}

/** What a list says of one item. */
interface Draft {
  title: string;
  link: string;
  readonly facts: Map<string, string>;
  readonly photos: string[];
}

/**
 * What a list adds to the items: items of a new SKU are created, others updated. Columns that the
 * list doesn't have, and empty cells, change nothing; photos are added and never taken away. What
 * is already so is not asserted again, so importing a list twice changes nothing.
 *
 * @param newId called for each item to create
 * @yields now and then, how many rows were read
 */
export function* listAssertions(
  list: List,
  items: Items,
  files: readonly PhotoFile[],
  newId: () => ItemId,
): Generator<number, ListAssertions, void> {
  const problems: ItemImportReport['problems'][number][] = [];
  let problemCount = 0;
  const note = (row: number, problem: RowProblem, text: string) => {
    if (++problemCount <= MOST_LISTED) problems.push({ row, problem, text: text.slice(0, 200) });
  };
  const drafts = yield* readDrafts(list, files, note);
  if (list.isCut) note(MOST_ROWS + 2, 'too-many-rows', '');
  const assertions: ItemAssertion[] = [];
  let [created, updated, photos, seen] = [0, 0, 0, 0];
  for (const [sku, draft] of drafts) {
    if (++seen % SLICE === 0) yield list.rows.length;
    const item = items.bySku(sku);
    const id = item?.id ?? newId();
    const described = detailsOf(sku, draft, item);
    if (described) assertions.push({ kind: 'describe', item: id, ...described });
    const added = draft.photos.filter((hash) => items.ofPhoto.get(hash) !== id);
    if (added.length > 0) assertions.push({ kind: 'show', item: id, photos: added });
    photos += added.length;
    if (!item) created++;
    else if (described || added.length > 0) updated++;
  }
  return {
    assertions,
    report: { rows: list.rows.length, created, updated, photos, problems, problemCount },
  };
}

function* readDrafts(
  list: List,
  files: readonly PhotoFile[],
  note: (row: number, problem: RowProblem, text: string) => void,
): Generator<number, Map<string, Draft>, void> {
  const drafts = new Map<string, Draft>();
  /** The SKU that each photo was listed with first. */
  const listed = new Map<string, string>();
  const match = matchFiles(files);
  for (const [i, { row, values }] of list.rows.entries()) {
    if (i % SLICE === 0) yield i;
    const problem = problemOf(values);
    if (problem || typeof values === 'string') {
      note(row, problem ?? 'wrong-columns', typeof values === 'string' ? '' : values.sku);
      continue;
    }
    const { file, sku, title, link, facts } = values;
    const draft: Draft = drafts.get(sku) ?? { title: '', link: '', facts: new Map(), photos: [] };
    drafts.set(sku, draft);
    if (title !== '') draft.title = title;
    if (link !== '' && isLink(link)) draft.link = link;
    else if (link !== '') note(row, 'bad-link', link);
    for (const [name, value] of facts) if (value !== '') draft.facts.set(name, value);
    if (file === '') continue;
    const found = match(file);
    if (typeof found !== 'object') note(row, found, file);
    else if ((listed.get(found.hash) ?? sku) !== sku) note(row, 'listed-twice', file);
    else if (!listed.has(found.hash)) {
      listed.set(found.hash, sku);
      draft.photos.push(found.hash);
    }
  }
  return drafts;
}

/** Why a row is left out. */
function problemOf(values: ListRow['values']): RowProblem | null {
  if (typeof values === 'string') return values;
  const { sku, title, facts } = values;
  if (sku === '') return 'no-sku';
  const isLong =
    facts.length > ITEM_LIMITS.facts ||
    !readDetails({ sku, title, link: '', facts: facts.map(([name, value]) => [name, value]) });
  return isLong ? 'too-long' : null;
}

/** The details after the list; `null` if they stay. */
function detailsOf(sku: string, draft: Draft, item: Item | undefined): ItemDetails | null {
  if (!item) {
    const { title, link, facts } = draft;
    return { sku, title: title === '' ? sku : title, link, facts: [...facts] };
  }
  // The list names an item that was merged into this one, whose own details stay.
  if (item.sku !== sku) return null;
  const facts = new Map(item.facts);
  for (const [name, value] of draft.facts)
    if (facts.has(name) || facts.size < ITEM_LIMITS.facts) facts.set(name, value);
  const details = {
    sku,
    title: draft.title === '' ? item.title : draft.title,
    link: draft.link === '' ? item.link : draft.link,
    facts: [...facts],
  };
  const { title, link } = item;
  const before = { sku: item.sku, title, link, facts: item.facts };
  return JSON.stringify(details) === JSON.stringify(before) ? null : details;
}
