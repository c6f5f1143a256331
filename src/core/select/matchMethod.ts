import { completeConfig } from '../compile/completeConfig.ts';
import { accessOf } from '../compile/groups.ts';
import type { ManifestNode, ModelNode } from '../compile/manifest.ts';
import { compareVersions } from '../project/modelVersions.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { isPlainList, type PlainValue } from '../project/plainValue.ts';
import type { Criterion } from './selection.ts';
import { hasWildcard, matchesWildcard } from './wildcard.ts';

/** Whether a node meets a criterion itself; `rootName` is the project that is run, `package:this` (dbt-core: core/dbt/graph/selector_methods.py). */
export function matchesMethod(node: ManifestNode, criterion: Criterion, rootName: string): boolean {
  const { value } = criterion;
  switch (criterion.method) {
    case 'fqn':
      return node.resourceType !== 'source' && matchesFqn(node, value);
    case 'path':
      return matchesPath(node, value.replaceAll('\\', '/').replace(/^\.\//, ''));
    case 'file':
      return matchesWildcard(fileName(node), value) || matchesWildcard(fileName(node).replace(/\.[^.]*$/, ''), value);
    case 'tag':
      return node.tags.some((tag) => matchesWildcard(tag, value));
    case 'source':
      return node.resourceType === 'source' && matchesSource([node.packageName, node.sourceName, node.name], value);
    case 'exposure':
      return node.resourceType === 'exposure' && matchesNamed(node, value);
    case 'resource_type':
      return node.resourceType === value;
    case 'package':
      return matchesWildcard(node.packageName, value === 'this' ? rootName : value);
    case 'test_type':
      return matchesTestType(node, value);
    case 'test_name':
      if (node.resourceType === 'unit_test') return matchesWildcard(node.name, value);
      return (
        node.resourceType === 'test' &&
        node.generic !== undefined &&
        matchesWildcard(node.generic.properties.testName, value)
      );
    case 'unit_test':
      return node.resourceType === 'unit_test' && matchesNamed(node, value);
    case 'result':
    case 'source_status':
    case 'state':
      // What these name is known beforehand, from the artifacts of another run.
      return false;
    case 'metric':
    case 'saved_query':
    case 'semantic_model':
      // The semantic layer is no part of what is read.
      return false;
    case 'group':
      return node.resourceType !== 'source' && matchesGroup(textConfig(node.config, 'group'), value);
    case 'access':
      return node.resourceType === 'model' && accessOf(node) === value;
    case 'version':
      return node.resourceType === 'model' && matchesVersion(node, value);
    case 'config':
      return (
        node.resourceType !== 'unit_test' &&
        node.resourceType !== 'exposure' &&
        matchesConfig(completeConfig(node), (criterion.argument ?? '').split('.'), value)
      );
  }
}

/**
 * By name, or by the parts of the fqn from the front, with or without the package's name; from the first part with a
 * wildcard on the rest is matched as one text. A version's name is its model's, or that with the version behind it
 * (dbt-core: graph/selector_methods.py, is_selected_node).
 */
function matchesFqn(node: ManifestNode, value: string): boolean {
  const isVersioned = node.resourceType === 'model' && node.version !== undefined;
  const parts = value.split('.');
  const matches = (path: readonly string[]): boolean => {
    if (isVersioned ? matchesVersionedName(path, value) : path.at(-1) === value) return true;
    const flat = path.flatMap((part) => part.split('.'));
    if (flat.length < parts.length) return false;
    const wild = parts.findIndex(hasWildcard);
    const plain = wild === -1 ? parts : parts.slice(0, wild);
    if (!plain.every((part, i) => flat[i] === part)) return false;
    return wild === -1 || matchesWildcard(flat.slice(wild).join('.'), parts.slice(wild).join('.'));
  };
  return matches(node.fqn) || matches(node.fqn.slice(1));
}

function matchesVersionedName(path: readonly string[], value: string): boolean {
  return path.at(-2) === value || path.slice(-2).join('_') === value.split('.').slice(-2).join('_');
}

function matchesVersion({ version }: ModelNode, value: string): boolean {
  if (version === undefined) return value === 'none';
  const order = compareVersions(version.v, version.latest);
  return value === (order === 0 ? 'latest' : order > 0 ? 'prerelease' : 'old');
}

/** The file of a node or one of its folders, or the properties file that describes it (PathSelectorMethod). */
function matchesPath(node: ManifestNode, pattern: string): boolean {
  const trimmed = pattern.replace(/\/$/, '');
  const { originalFilePath: path } = node;
  if (path === trimmed || path.startsWith(`${trimmed}/`) || matchesGlob(path, trimmed, '(?:/.*)?')) return true;
  const patch = 'patchPath' in node ? node.patchPath : undefined;
  return patch !== undefined && (patch === trimmed || matchesGlob(patch, trimmed, ''));
}

/** In paths `*` stays within a folder and `**` crosses folders; `rest` is a pattern of what may stand behind. */
function matchesGlob(path: string, pattern: string, rest: string): boolean {
  if (!hasWildcard(pattern)) return false;
  const source = pattern
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => {
      if (part.startsWith('**')) return '(?:.*/)?';
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}${rest}$`).test(path);
}

function matchesGroup(group: string | undefined, value: string): boolean {
  return group !== undefined && group !== '' && matchesWildcard(group, value);
}

function matchesSource(parts: readonly [string, string, string], value: string): boolean {
  const wanted = value.split('.');
  const [packageName, sourceName, table] = parts;
  const against = wanted.length >= 3 ? [packageName, sourceName, table] : [sourceName, table];
  return wanted.length <= 3 && wanted.every((part, i) => matchesWildcard(against[i] ?? '', part));
}

function matchesTestType(node: ManifestNode, value: string): boolean {
  if (node.resourceType === 'unit_test') return value === 'unit';
  if (node.resourceType !== 'test') return false;
  if (value === 'data') return true;
  return node.generic === undefined ? value === 'singular' : value === 'generic' || value === 'schema';
}

/** The name of an exposure or unit test, or its package and its name. */
function matchesNamed({ packageName, name }: ManifestNode, value: string): boolean {
  const [first = '', second, ...more] = value.split('.');
  if (second === undefined) return matchesWildcard(name, first);
  return more.length === 0 && matchesWildcard(packageName, first) && matchesWildcard(name, second);
}

/**
 * A config has the very value, or in a list; `true` and `false` mean the booleans, and the case of a severity is let be.
 * What the command line says is text, so that no number is met (ConfigSelectorMethod).
 */
function matchesConfig(config: PlainValue, keys: readonly string[], value: string): boolean {
  const found = keys.reduce<PlainValue | undefined>(
    (at, key) => (typeof at === 'object' && at !== null && !isPlainList(at) ? at[key] : undefined),
    config,
  );
  const isSeverity = keys.length === 1 && keys[0] === 'severity';
  const lower = value.toLowerCase();
  return (isPlainList(found) ? found : [found]).some((one) => {
    if (typeof one === 'boolean') return String(one) === lower;
    return typeof one === 'string' && (one === value || (isSeverity && one.toLowerCase() === lower));
  });
}

function fileName(node: ManifestNode): string {
  return node.originalFilePath.slice(node.originalFilePath.lastIndexOf('/') + 1);
}
