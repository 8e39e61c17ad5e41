import { describe, expect, it } from 'vitest';
import { downloadName, uniqueName } from './download-name.ts';

describe('downloadName', () => {
  it.each([
    ['photo.html', 'image/jpeg', 'photo.html.jpg'],
    ['photo.jpg.exe', 'image/jpeg', 'photo.jpg.exe.jpg'],
    ['photo.svg', 'image/png', 'photo.svg.png'],
    ['photo.png', 'image/jpeg', 'photo.png.jpg'],
    ['photo', 'image/webp', 'photo.webp'],
    ['photo.', 'image/webp', 'photo.webp'],
    ['jpg', 'image/jpeg', 'jpg.jpg'],
    ['.jpg', 'image/jpeg', 'jpg.jpg'],
    ['photo.JPEG', 'image/jpeg', 'photo.JPEG'],
    ['photo.jfif', 'image/jpeg', 'photo.jfif'],
    ['icon.ico', 'image/x-icon', 'icon.ico'],
    ['photo.html', null, 'photo.html.bin'],
    ['photo.html', 'image/unheard-of', 'photo.html.bin'],
    ['photo.html', 'constructor', 'photo.html.bin'],
  ])('saves %j of type %s as %j', (name, mime, saved) => {
    expect(downloadName(name, mime)).toBe(saved);
  });

  it.each([
    ['photo\u202egpj.exe', 'photogpj.exe.jpg'],
    ['a\u200b\u0000b\n\tc\u2028.jpg', 'abc.jpg'],
    ['../../etc/passwd', '_.._etc_passwd.jpg'],
    ['C:\\a|b?.jpg', 'C__a_b_.jpg'],
    ['CON', '_CON.jpg'],
    ['com1.jpg', '_com1.jpg'],
    ['aux.tar.jpg', '_aux.tar.jpg'],
    ['COM¹', '_COM¹.jpg'],
    ['console.jpg', 'console.jpg'],
    ['  .hidden. . ', 'hidden.jpg'],
    ['\u202e\u200f', 'photo.jpg'],
    ['...', 'photo.jpg'],
    ['', 'photo.jpg'],
    ['Ame\u0301lia.jpg', 'Amélia.jpg'],
    ['家族 👨‍👩‍👧 (2).jpg', '家族 👨‍👩‍👧 (2).jpg'],
  ])('saves the JPEG %j as %j', (name, saved) => {
    expect(downloadName(name, 'image/jpeg')).toBe(saved);
  });

  it('limits the length without splitting characters', () => {
    const name = downloadName(`${'é🇩🇪'.repeat(200)}.png`, 'image/jpeg');
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(210);
    expect(name).toMatch(/^(?:é🇩🇪)+é?\.jpg$/u);
  });
});

it('numbers duplicate names', () => {
  expect(uniqueName('a.jpg', new Set())).toBe('a.jpg');
  expect(uniqueName('A.jpg', new Set(['a.jpg', 'a (2).jpg']))).toBe('A (3).jpg');
});
