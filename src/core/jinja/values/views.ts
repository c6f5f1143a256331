import type { JinjaDict } from './dict.ts';
import { reprText } from './display.ts';
import { list, tuple, type JinjaValue, type JinjaView } from './value.ts';

/** A live view of a dict's keys, values or items, as Python gives it. */
export function dictView(dict: JinjaDict, name: 'dict_keys' | 'dict_values' | 'dict_items'): JinjaView {
  const items = (): JinjaValue[] => {
    if (name === 'dict_keys') return dict.keys();
    return name === 'dict_values' ? dict.values() : dict.entries().map(tuple);
  };
  return {
    kind: 'view',
    typeName: name,
    items,
    display: () => `${name}(${reprText(list(items()))})`,
    indexable: false,
  };
}

/** Python's range. */
export function rangeView(start: bigint, stop: bigint, step: bigint): JinjaView {
  const items: JinjaValue[] = [];
  for (let at = start; step > 0n ? at < stop : at > stop; at += step) items.push(at);
  const shown = [start, stop, ...(step === 1n ? [] : [step])].map(String).join(', ');
  return { kind: 'view', typeName: 'range', items: () => items, display: () => `range(${shown})`, indexable: true };
}
