/** `+` and the calibration's id, before the number of values. */
const CALIBRATED = /\+[0-9a-f]{12}\/\d+$/;

/**
 * Whether a space is one of a calibration: its vectors are derived from those of another space,
 * which photos never move to or from.
 */
export function isCalibratedSpace(spaceId: string): boolean {
  return CALIBRATED.test(spaceId);
}

/**
 * The space of a calibration's vectors, such as `visual-v2/<fit>+<calibration>/412`.
 *
 * @param id of the calibration, 12 hexadecimal digits
 * @param d number of values of its vectors
 */
export function calibratedSpaceId(baseSpaceId: string, id: string, d: number): string {
  return `${baseSpaceId.replace(/\/\d+$/, '')}+${id}/${d}`;
}
