// Reads zip files: PKWARE APPNOTE.TXT, the central directory (4.3.12, 4.3.16) and the local headers (4.3.7).
import fs from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * @typedef {object} ZipEntry
 * @property {string} name with `/` between folders
 * @property {Buffer} compressed as it is stored
 * @property {boolean} deflated otherwise it is stored as it is
 */

/**
 * @param {string} file
 * @returns {ZipEntry[]} every entry that is a file
 */
export function readZip(file) {
  const bytes = fs.readFileSync(file);
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end === -1) throw new Error(`${file} is not a zip file`);
  const count = bytes.readUInt16LE(end + 10);
  const entries = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, nameEnd),
      compressed: bytes.subarray(data, data + bytes.readUInt32LE(at + 20)),
      deflated: bytes.readUInt16LE(at + 10) === 8,
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries.filter(({ name }) => !name.endsWith('/'));
}

/**
 * @param {string} file
 * @param {string} folder
 */
export function unzip(file, folder) {
  for (const { name, compressed, deflated } of readZip(file)) {
    const target = path.join(folder, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, deflated ? inflateRawSync(compressed) : compressed);
  }
}
