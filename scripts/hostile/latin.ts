/** A byte for each character. */
export const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
