/** What YAML and JSON hold, without positions. */
export type PlainValue = null | boolean | number | string | readonly PlainValue[] | PlainMap;

export interface PlainMap {
  readonly [key: string]: PlainValue;
}

/** True for a mapping, false for a list, a scalar and nothing. */
export function isPlainMap(value: PlainValue | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !isPlainList(value);
}

export function isPlainList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** A text, or a list of texts, as a list; anything else gives an empty list. dbt takes either form for tags and paths. */
export function textList(value: PlainValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isPlainList(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** The mapping under a key of a mapping; an empty one when it is missing or something else. */
export function plainMapAt(map: PlainMap, key: string): PlainMap {
  const value = map[key];
  return isPlainMap(value) ? value : {};
}

/** A value as text: a scalar as it is, a list or mapping as JSON. */
export function plainText(value: PlainValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
