/** What a photo most likely shows: the five most likely classes, in descending order. */
export interface Classes {
  /** (5) class ids, 0 to 999 for ImageNet. */
  readonly ids: Uint16Array;
  /** (5) in [0, 1]. */
  readonly probabilities: Float32Array;
}

const KEPT = 5;
const BYTES = 16;

/**
 * The stored form, 16 bytes: five little-endian ids of two bytes, five probabilities in steps of
 * 1/255, and a zero.
 */
export function encodeClasses({ ids, probabilities }: Classes): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(BYTES));
  for (let i = 0; i < KEPT; i++) {
    view.setUint16(2 * i, ids[i] ?? 0, true);
    view.setUint8(2 * KEPT + i, Math.round(255 * Math.min(1, Math.max(0, probabilities[i] ?? 0))));
  }
  return view.buffer;
}

/** `null` if the value is malformed. */
export function decodeClasses(value: unknown): Classes | null {
  if (!(value instanceof ArrayBuffer) || value.byteLength !== BYTES) return null;
  const view = new DataView(value);
  const at = Array.from({ length: KEPT }, (_, i) => i);
  return {
    ids: Uint16Array.from(at, (i) => view.getUint16(2 * i, true)),
    probabilities: Float32Array.from(at, (i) => view.getUint8(2 * KEPT + i) / 255),
  };
}
