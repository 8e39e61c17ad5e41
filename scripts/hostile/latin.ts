/** One byte per character. */
export const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
