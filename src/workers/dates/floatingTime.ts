/** What a clock on the wall here shows at a moment, in milliseconds since 1970 as though it were UTC. */
export function toFloatingTime(ms: number): number {
  return ms - new Date(ms).getTimezoneOffset() * 60_000;
}
