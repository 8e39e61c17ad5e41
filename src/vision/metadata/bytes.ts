/** Whether a text, one byte a character, stands at a place. */
export function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** A text of one byte a character. @param bytes a few */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
