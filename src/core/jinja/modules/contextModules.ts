import { dictOf, type JinjaDict } from '../values/dict.ts';
import { datetimeModule } from './datetimeModule.ts';
import { itertoolsModule } from './itertoolsModule.ts';
import { pytzModule } from './pytzModule.ts';
import { reModule } from './reModule.ts';

/** `modules`: what dbt lends of Python's library (dbt-core: context/base.py, get_context_modules). */
export function contextModules(startedAt: () => number): JinjaDict {
  return dictOf({ datetime: datetimeModule(startedAt), pytz: pytzModule, re: reModule, itertools: itertoolsModule });
}
