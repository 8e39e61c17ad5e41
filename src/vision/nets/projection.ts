// Free of TF.js: words are projected into the space, too, by a worker that runs no nets.

/**
 * From a net's features to a space: centering, then rows of components. Made by `npm run fit`,
 * read by `readFit`.
 */
export interface Projection {
  /** Dimensions of the space. */
  readonly d: number;
  /** Values of a net's features. */
  readonly dims: number;
  /** `dims` values: the mean of unit features. */
  readonly mean: Float32Array;
  /** `d` values: what a row's integers are multiplied with. */
  readonly rowScale: Float32Array;
  /** `d × dims`, row-major, orthonormal rows as whole numbers. */
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
 * A direction among the features as one in the space: no centering. For what is a difference
 * already, such as a row of the classifier.
 *
 * @param direction `dims` values
 * @returns a unit vector of `d` values, or zeros where the space knows nothing of the direction
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
 * A photo's vector: its features as a unit vector, centered, projected, made a unit vector again.
 *
 * @param features `dims` values, left as they are
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
 * Makes one unit vector of the unit vectors of a space's parts: one after the other, each scaled so
 * that all count alike.
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
 * @param projections one a part; `null`: the features as a unit vector are the part
 * @param features of each part's net, left as they are
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
