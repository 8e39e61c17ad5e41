import { describe, expect, it } from 'vitest';
import { claimsPicture, isNoPhoto, isSystemFolder } from './skips.ts';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

const JPEG = latin('\xff\xd8\xff\xe0\0\x10JFIF');
const TEXT = latin('{"title": "IMG_1.jpg"}');
const NOTHING = new Uint8Array(0);
const APPLE_DOUBLE = latin('\0\x05\x16\x07\0\x02\0\0Mac OS X');
const MP4 = latin('\0\0\0\x18ftypisom\0\0\0\0isommp42');

describe('isNoPhoto', () => {
  it.each([
    ['.DS_Store', latin('\0\0\0\x01Bud1')],
    ['Thumbs.db', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['desktop.ini', latin('[.ShellClassInfo]')],
    ['.nomedia', NOTHING],
    ['._IMG_1.jpg', APPLE_DOUBLE],
    ['._IMG_1.jpg', NOTHING],
    ['IMG_1.jpg.json', TEXT],
    ['IMG_1.xmp', latin('<?xpacket begin=""?>')],
    ['IMG_1.AAE', latin('<?xml version="1.0"?>')],
    ['film.mp4', MP4],
    ['film.mov', latin('\0\0\0\x14ftypqt  ')],
    ['song.mp3', latin('ID3\x04')],
    ['letter.pdf', latin('%PDF-1.7')],
    ['letter.docx', latin('PK\x03\x04')],
    ['Takeout.zip', latin('PK\x03\x04')],
    ['drawing.html', latin('<html><svg width="1">')],
    ['README', latin('Hello')],
    ['jpg', latin('Hello')],
  ])('skips %s', (name, bytes) => {
    expect(isNoPhoto(name, '', bytes)).toBe(true);
  });

  it.each([
    ['IMG_1.jpg', TEXT],
    ['IMG_1.JPG', NOTHING],
    ['IMG_1.jpg', MP4],
    ['scan.tiff', latin('II*\0\x08\0\0\0')],
    ['IMG_1.CR2', latin('II*\0\x10\0\0\0CR\x02\0')],
    ['IMG_1.heic', TEXT],
    ['favicon.ico', latin('\0\0\x01\0\x01\0')],
    ['logo.svg', latin('<svg width="1">')],
    ['poster.psd', latin('8BPS')],
    ['notes.png ', TEXT],
  ])('does not skip %s, whose name suggests a picture', (name, bytes) => {
    expect(isNoPhoto(name, '', bytes)).toBe(false);
  });

  it.each([
    ['IMG_1.txt', JPEG],
    ['._IMG_1.jpg', JPEG],
    ['a3f9c1', JPEG],
    ['scan', latin('II*\0\x08\0\0\0')],
    ['IMG_1', latin('8BPS')],
    ['photo.bin', latin('\0\0\0\x0cJXL ')],
  ])('does not skip %s, whose bytes start a picture', (name, bytes) => {
    expect(isNoPhoto(name, '', bytes)).toBe(false);
  });

  it('trusts the browser’s type for a name without an extension', () => {
    expect(isNoPhoto('clipboard', 'image/png', TEXT)).toBe(false);
    expect(claimsPicture('clipboard', '')).toBe(false);
  });
});

it('recognizes system folders, such as those for thumbnails', () => {
  expect(isSystemFolder('Photos/@eaDir/IMG_1.jpg')).toBe(true);
  expect(isSystemFolder('__MACOSX/Holiday')).toBe(true);
  expect(isSystemFolder('.thumbnails')).toBe(true);
  expect(isSystemFolder('')).toBe(false);
  expect(isSystemFolder('Holiday/eaDir')).toBe(false);
});
