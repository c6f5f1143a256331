import type { CallSite } from '../jinja/runtime/callSite.ts';
import type { JinjaValue } from '../jinja/values/value.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import type { RefCall, SourceCall } from './manifest.ts';

/** What `ref`, `source` and `config` do: they are noted while a project is read, and answered when it is compiled. */
export interface Resolver {
  /** False while nodes are only read (dbt's `execute`). */
  readonly execute: boolean;
  ref(call: RefCall, site: CallSite): JinjaValue;
  source(call: SourceCall, site: CallSite): JinjaValue;
  /** `config(…)` in the node's own text. */
  configure(values: PlainMap, site: CallSite): void;
  /** The config as far as it is known at this moment. */
  config(): NodeConfig;
}

/** For macros that are called outside of any node, while a project is read: they reach no node and configure nothing. */
export const parsingResolver: Resolver = {
  execute: false,
  ref: () => '',
  source: () => '',
  configure: () => undefined,
  config: () => ({}),
};
