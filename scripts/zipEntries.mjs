// The list of a zip file's entries, read from its central directory (PKWARE APPNOTE.TXT, 4.3.12 and 4.3.16).
import fs from 'node:fs';

/**
 * @param {string} file
 * @returns {{ name: string, compressed: number }[]} every entry that is a file, with its bytes in the archive
 */
export function readZipEntries(file) {
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1) throw new Error(`${file} is not a zip file`);
  const count = bytes.readUInt16LE(end + 10);
  const entries = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraAndComment = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, compressed: bytes.readUInt32LE(at + 20) });
    at += 46 + nameLength + extraAndComment;
  }
  return entries.filter(({ name }) => !name.endsWith('/'));
}
