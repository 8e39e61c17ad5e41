/**
 * Converts pictures to a net's input: drops alpha, scales and shifts, several pictures in sequence.
 *
 * @param pictures RGBA, all of one size
 * @returns `pictures × pixels × 3` values: byte · scale + shift
 */
export function toFloats(
  pictures: readonly Uint8ClampedArray[],
  scale: number,
  shift: number,
): Float32Array {
  const length = pictures[0]?.length ?? 0;
  const values = new Float32Array((pictures.length * length * 3) / 4);
  let to = 0;
  for (const rgba of pictures) {
    for (let from = 0; from < length; from += 4) {
      values[to] = rgba[from]! * scale + shift;
      values[to + 1] = rgba[from + 1]! * scale + shift;
      values[to + 2] = rgba[from + 2]! * scale + shift;
      to += 3;
    }
  }
  return values;
}
