import { describe, expect, test } from '@jest/globals';
import { detectType, safeHeaders, typeOfName } from './media-types.js';

const GIF = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const WEBP = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WEBPVP8 '), Buffer.alloc(24)]);
const PDF = Buffer.from('%PDF-1.7\n%\n1 0 obj\n');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const HTML = Buffer.from('<!doctype html><script>alert(1)</script>');
const VCARD = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Flávia\r\nEND:VCARD\r\n');

describe('The type of bytes', () => {
  test.each([
    ['a GIF', GIF, 'image/gif', 'image/gif'],
    ['a PNG that Twilio calls a JPEG', PNG, 'image/jpeg', 'image/png'],
    ['a JPEG that Twilio calls a page', JPEG, 'text/html', 'image/jpeg'],
    ['a WebP', WEBP, 'image/webp', 'image/webp'],
    ['a PDF', PDF, 'application/pdf', 'application/pdf'],
    ['a page that Twilio calls a picture', HTML, 'image/png', 'application/octet-stream'],
    ['a page', HTML, 'text/html', 'application/octet-stream'],
    ['SVG', SVG, 'image/svg+xml', 'application/octet-stream'],
    ['a text', Buffer.from('Olá'), 'text/plain; charset=utf-8', 'text/plain'],
    ['bytes that Twilio calls a text', Buffer.from([0x48, 0x00, 0x69]), 'text/plain', 'application/octet-stream'],
    ['what is no UTF-8', Buffer.from([0xc3, 0x28]), 'text/plain', 'application/octet-stream'],
    ['nothing', Buffer.alloc(0), 'image/png', 'application/octet-stream'],
  ])('%s', async (_, bytes, named, expected) => {
    expect(await detectType(bytes, named)).toBe(expected);
  });

  test('of a visiting card is one that no browser takes for a page', async () => {
    expect(['text/vcard', 'text/plain']).toContain(await detectType(VCARD, 'text/x-vcard'));
  });

  test.each([
    ['/a/cat.gif', 'image/gif'],
    ['/a/CAT.JPEG', 'image/jpeg'],
    ['/a/gif', 'application/octet-stream'],
    ['/', 'application/octet-stream'],
  ])('by the name %s', (name, expected) => {
    expect(typeOfName(name)).toBe(expected);
  });
});

describe('The headers for a browser', () => {
  test.each([
    ['image/jpeg', 'image/jpeg', 'inline'],
    ['image/png', 'image/png', 'inline'],
    ['image/gif', 'image/gif', 'inline'],
    ['image/webp', 'image/webp', 'inline'],
    ['application/pdf', 'application/pdf', 'attachment; filename="1.pdf"'],
    ['audio/mpeg', 'audio/mpeg', 'attachment; filename="1.mp3"'],
    ['video/mp4', 'video/mp4', 'attachment; filename="1.mp4"'],
    ['text/plain', 'text/plain', 'attachment; filename="1.txt"'],
    ['text/html', 'application/octet-stream', 'attachment; filename="1.bin"'],
    ['image/svg+xml', 'application/octet-stream', 'attachment; filename="1.bin"'],
    ['application/xml', 'application/octet-stream', 'attachment; filename="1.bin"'],
    ['text/vcard', 'application/octet-stream', 'attachment; filename="1.vcf"'],
  ])('of %s', (type, contentType, disposition) => {
    expect(safeHeaders('1', type)).toEqual({
      'Content-Type': contentType,
      'Content-Disposition': disposition,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    });
  });
});
