import { indirectSelections, type IndirectSelection } from '../core/select/indirectTests.ts';
import { UsageError } from './parseArguments.ts';
import type { Session } from './session.ts';

/** `--indirect-selection`; undefined when it is not given. */
export function indirectSelection({ value }: Pick<Session, 'value'>): IndirectSelection | undefined {
  const given = value('indirect-selection');
  if (given === undefined) return undefined;
  const found = indirectSelections.find((one) => one === given);
  if (found !== undefined) return found;
  const known = indirectSelections.map((one) => `'${one}'`).join(', ');
  throw new UsageError(`Invalid value for '--indirect-selection': '${given}' is not one of ${known}.`);
}
