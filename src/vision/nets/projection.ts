// Free of TF.js: a worker without nets also projects words into the space.

/**
 * Projects a net's features to a space: centering, then rows of components. Created by
 * `npm run fit`, read by `readFit`.
 */
export interface Projection {
  /** Dimensions of the space. */
  readonly d: number;
  /** Dimensions of the net's features. */
  readonly dims: number;
  /** `dims` values: the mean of unit features. */
  readonly mean: Float32Array;
  /** `d` values: scale factors of the rows' integers. */
  readonly rowScale: Float32Array;
  /** `d × dims`, row-major, orthonormal rows as integers. */
  readonly components: Int8Array;
}

/** Divides by the Euclidean length in place; a zero vector stays zero. */
export function normalize(values: Float32Array): void {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < values.length; i++) values[i]! *= scale;
}

/**
 * Projects a direction in feature space, without centering. For differences, such as a row of the
 * classifier.
 *
 * @param direction `dims` values
 * @returns a unit vector of `d` values, or zeros if the space doesn't capture the direction
 */
export function projectDirection(
  direction: Float32Array,
  { d, dims, rowScale, components }: Projection,
): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(d);
  for (let row = 0; row < d; row++) {
    const start = row * dims;
    let sum = 0;
    for (let i = 0; i < dims; i++) sum += components[start + i]! * direction[i]!;
    vector[row] = sum * rowScale[row]!;
  }
  normalize(vector);
  return vector;
}

/**
 * A photo's vector: its features normalized, centered, projected, and normalized again.
 *
 * @param features `dims` values, not modified
 * @returns a unit vector of `d` values
 */
export function projectFeatures(
  features: Float32Array,
  projection: Projection,
): Float32Array<ArrayBuffer> {
  const centered = Float32Array.from(features);
  normalize(centered);
  const { mean } = projection;
  for (let i = 0; i < centered.length; i++) centered[i]! -= mean[i]!;
  return projectDirection(centered, projection);
}

/**
 * Joins the unit vectors of a space's parts into one: concatenated and scaled so that all parts
 * have equal weight.
 */
export function joinParts(parts: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0]!;
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  const scale = 1 / Math.sqrt(parts.length);
  let at = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) joined[at + i] = scale * part[i]!;
    at += part.length;
  }
  return joined;
}

/**
 * A photo's vector in a space of one or more parts.
 *
 * @param projections one per part; `null`: the normalized features are the part
 * @param features of each part's net, not modified
 */
export function vectorOf(
  projections: readonly (Projection | null)[],
  features: readonly Float32Array[],
): Float32Array<ArrayBuffer> {
  return joinParts(
    projections.map((projection, p) => {
      if (projection !== null) return projectFeatures(features[p]!, projection);
      const unit = Float32Array.from(features[p]!);
      normalize(unit);
      return unit;
    }),
  );
}
