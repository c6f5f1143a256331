import { failure } from '../jinja/values/jinjaFailure.ts';
import { isCompound, type JinjaValue } from '../jinja/values/value.ts';
import type { Relation } from './relation.ts';

/** A relation that a template handed over; fails with what the function wanted. */
export function relationArgument(called: string, value: JinjaValue | undefined): Relation {
  const given = value ?? null;
  if (isCompound(given) && given.kind === 'object' && given.typeName === 'Relation') {
    const part = (name: keyof Relation): string => {
      const text = given.getAttr(name);
      return typeof text === 'string' ? text : '';
    };
    return { database: part('database'), schema: part('schema'), identifier: part('identifier') };
  }
  throw failure('compile.badCall', { detail: `${called}() needs a relation, such as ref(), source() or this give.` });
}
