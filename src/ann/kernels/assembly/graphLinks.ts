/** The links of one layer, set before each call: see `LinkTable` in `../graph.ts`. */
let links: usize = 0;
let starts: usize = 0;
let lists: u32 = 0;
let slots: u32 = 0;
let layer: u32 = 0;

/** An unused slot. */
export const NONE: u32 = 0xffffffff;

/** Sets the layer of the next calls. */
export function graphLinks(
  linksAt: usize,
  startsAt: usize,
  listCount: u32,
  slotCount: u32,
  layerNumber: u32,
): void {
  links = linksAt;
  starts = startsAt;
  lists = listCount;
  slots = slotCount;
  layer = layerNumber;
}

/** Slots of a list. */
export function slotCount(): u32 {
  return slots;
}

/** The address of a row's list; 0 if it is in none. */
export function listAt(row: u32): usize {
  let list = row;
  if (starts != 0) list = load<u32>(starts + ((<usize>row) << 2)) + layer - 1;
  if (list >= lists) return 0;
  return links + <usize>list * ((<usize>slots) << 2);
}
