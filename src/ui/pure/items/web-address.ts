/** Whether a link may open it: an absolute http(s) address. The engine checks again. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

/** The part of an address that says whose it is: "shop.example". */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
