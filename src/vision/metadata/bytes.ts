/** Whether a text, one byte per character, is at an offset. */
export function isAt(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Decodes one byte per character. @param bytes a few */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
