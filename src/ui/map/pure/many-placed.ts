/**
 * Share of photos that were only placed, and their number, from which a new layout is proposed; in a
 * small library, as soon as they are as many as the others.
 */
const MANY_PLACED = 0.1;
const LEAST_PLACED = 20;

/**
 * Whether a new layout would find better places for many photos.
 *
 * @param count photos on the map
 * @param placed those of them that were only placed among their neighbors
 */
export function areManyPlaced(count: number, placed: number): boolean {
  const least = Math.max(Math.min(LEAST_PLACED, count - placed), MANY_PLACED * count);
  return placed > 0 && placed >= least;
}
