/** Local wall-clock time of an instant, in milliseconds since 1970 as if it were UTC. */
export function toFloatingTime(ms: number): number {
  return ms - new Date(ms).getTimezoneOffset() * 60_000;
}
