import type { ModelVersion } from './properties.ts';
import { isPlainList, isPlainMap } from './plainValue.ts';
import { entryOf, plainMapOf, plainOf, textOf, type YamlNode } from './yamlNode.ts';

const periods: readonly string[] = ['minute', 'hour', 'day'];

/** What dbt does not take of what every entry with a name may have: a name or description that is no text, say. */
export function entryFault(node: YamlNode): string | undefined {
  for (const key of ['name', 'description']) {
    const value = plainOf(entryOf(node, key)) ?? '';
    if (typeof value !== 'string') return `its ${key} is a text, and not ${JSON.stringify(value)}`;
  }
  const config = plainOf(entryOf(node, 'config')) ?? {};
  return isPlainMap(config) ? undefined : 'its config is a mapping';
}

/** A freshness whose times dbt cannot count (core/dbt/artifacts/resources/v1/components.py, Time). */
export function freshnessFault(node: YamlNode): string | undefined {
  const given = [node, entryOf(node, 'config')].map((level) => plainOf(entryOf(level, 'freshness')) ?? null);
  const times = given.filter(isPlainMap).flatMap((one) => [one['warn_after'] ?? null, one['error_after'] ?? null]);
  const isWrong = times.filter(isPlainMap).some(({ count = null, period = null }) => {
    const isCounted = count === null || Number.isInteger(count);
    return !isCounted || (period !== null && !(typeof period === 'string' && periods.includes(period)));
  });
  return isWrong ? `its freshness has a count, a whole number, and a period, one of ${periods.join(', ')}` : undefined;
}

const exposureTypes: readonly string[] = ['dashboard', 'notebook', 'analysis', 'ml', 'application'];
const maturities: readonly string[] = ['low', 'medium', 'high'];

/** What an exposure lacks, or what dbt does not take in it (core/dbt/contracts/graph/unparsed.py, UnparsedExposure). */
export function exposureFault(node: YamlNode): string | undefined {
  const type = textOf(entryOf(node, 'type'));
  if (type === undefined || !exposureTypes.includes(type)) return `its type is one of ${exposureTypes.join(', ')}`;
  const maturity = textOf(entryOf(node, 'maturity'));
  if (maturity !== undefined && !maturities.includes(maturity))
    return `its maturity is one of ${maturities.join(', ')}`;
  const reads = plainOf(entryOf(node, 'depends_on')) ?? [];
  return isPlainList(reads) ? ownerFault(node) : 'its depends_on is a list';
}

/** What an exposure or a group lacks of an owner (same file, UnparsedGroup). */
export function ownerFault(node: YamlNode): string | undefined {
  const owner = plainMapOf(entryOf(node, 'owner'));
  return (owner['name'] ?? owner['email'] ?? null) === null ? 'it needs an owner with a name or an email' : undefined;
}

/** A latest_version that is none of the versions (parser/schemas.py, VersionedTestBuilder). */
export function latestVersionFault(latest: ModelVersion | undefined, all: readonly ModelVersion[]): string | undefined {
  // What is nothing to Python is not looked at.
  if (latest === undefined || latest === 0 || latest === '' || all.includes(latest)) return undefined;
  return `its latest_version ${String(latest)} is none of its versions (${all.join(', ')})`;
}
