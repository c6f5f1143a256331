import { failure } from '../jinja/values/jinjaFailure.ts';
import { hostFunction, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import { textArgument } from './textArgument.ts';

/** `run_started_at` prints as Python prints a datetime in UTC. */
export function startedAtObject(startedAt: number): JinjaObject {
  const iso = new Date(startedAt).toISOString();
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 23)}000+00:00`;
  const members = new Map<string, JinjaValue>([
    ['isoformat', hostFunction('isoformat', () => text.replace(' ', 'T'))],
    ['year', BigInt(iso.slice(0, 4))],
    ['month', BigInt(iso.slice(5, 7))],
    ['day', BigInt(iso.slice(8, 10))],
    ['strftime', hostFunction('strftime', (args) => strftime(iso, textArgument('strftime', 'the format', args[0])))],
  ]);
  return { kind: 'object', typeName: 'datetime', display: () => text, getAttr: (name) => members.get(name) };
}

function strftime(iso: string, format: string): string {
  const parts: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    '%': '%',
  };
  return format.replace(/%(.)/g, (_, letter: string) => {
    const part = parts[letter];
    if (part === undefined) throw failure('compile.notOffered', { name: `strftime("%${letter}")` });
    return part;
  });
}
