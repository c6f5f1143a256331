import { indirectSelections } from '../core/select/indirectTests.ts';
import type { TypeFilter } from '../core/select/resourceTypes.ts';
import type { SelectionRequest } from '../core/select/selectNodes.ts';
import type { Options } from './options/resolveOptions.ts';

/** What the options of selection name; `byDefault` says which types a command takes when none is named. */
export function selectionOf(options: Options, byDefault: TypeFilter['byDefault'] = () => true): SelectionRequest {
  const selector = options.value('selector');
  const indirect = indirectSelections.find((one) => one === options.value('indirect-selection'));
  const [only, not] = [options.list('resource-type'), options.list('exclude-resource-type')];
  return {
    select: [...options.list('select'), ...options.list('models')],
    exclude: options.list('exclude'),
    ...(selector === undefined ? {} : { selector }),
    ...(indirect === undefined ? {} : { indirect }),
    types: { only, not, byDefault },
  };
}
