import type { PlainMap } from '../project/plainValue.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { CurrentBatch } from './batch.ts';
import type { Relation } from './relation.ts';
import type { TemplateDatabase } from './templateDatabase.ts';

/** A column of a table or view in the embedded database. */
export interface ExistingColumn {
  readonly name: string;
  /** As the target's SQL names it; undefined when it is not known. */
  readonly dataType: string | undefined;
}

/** The tables and views of the embedded database as they are now, by their names in it. */
export interface ExistingRelations {
  kindOf(embeddedName: string): 'table' | 'view' | undefined;
  /** The columns of a relation, in order; undefined when there is no such relation. */
  columnsOf(embeddedName: string): readonly ExistingColumn[] | undefined;
}

/** What a template says: by `log`, `print` or `exceptions.warn`. */
export interface TemplateMessage {
  /** `debug` is a log that is not meant for the screen. */
  readonly kind: 'debug' | 'info' | 'print' | 'warn';
  readonly text: string;
}

/** What rendering a project may know of the world; given by the host once a command. */
export interface CompileEnvironment {
  /** An environment variable; undefined when it is not set. */
  environmentVariable(name: string): string | undefined;
  readonly invocationId: string;
  /** Start of the command in milliseconds since 1970. */
  readonly startedAt: number;
  /** What is built already; without it nothing is. */
  readonly existing?: ExistingRelations;
  /** Answers the statements of templates; without it one that runs a statement fails. */
  readonly database?: TemplateDatabase;
  /** Hears what templates say; without it nobody does. */
  readonly say?: (message: TemplateMessage) => void;
  /** What becomes of a template's warnings (`--warn-error`): an error where they are said, or nothing at all. */
  readonly warned?: 'error' | 'warn' | 'silence';
  /** Hears that a materialization commits. */
  readonly committed?: () => void;
  /** The command's arguments by dbt's names, as `invocation_args_dict` has them; without it there are none. */
  readonly args?: PlainMap;
  /** The environment variables `DBT_ENV_CUSTOM_ENV_…` by the rest of their names; without it there are none. */
  readonly customVariables?: Readonly<Record<string, string>>;
  /** Ids of what the command goes through, as `selected_resources` has them; none while a project is read. */
  readonly selected?: readonly UniqueId[];
  /** `--full-refresh` */
  readonly fullRefresh?: boolean;
  /** `--store-failures` */
  readonly storeFailures?: boolean;
  /** `--empty`: what is read gives its columns and no rows. */
  readonly empty?: boolean;
  /** The batch that is built now of a microbatch model: what it reads is only what is within it. */
  readonly batch?: CurrentBatch;
  /** Relations of another run that `ref` gives in the place of this project's (`--defer`). */
  readonly deferred?: ReadonlyMap<UniqueId, Relation>;
}
