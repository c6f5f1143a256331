import type { SnapshotNode } from '../compile/manifest.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { isPlainMap, textList } from '../project/plainValue.ts';

/** What becomes of a row's last version when the row is gone from the query. */
export type HardDeletes = 'ignore' | 'invalidate' | 'new_record';

/** Names of the columns that a snapshot adds to a row. */
export interface SnapshotColumns {
  readonly scdId: string;
  readonly updatedAt: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly isDeleted: string;
}

/** How a snapshot tells versions of a row apart. */
export interface SnapshotPlan {
  readonly uniqueKey: readonly string[];
  /** Column with the moment of a row's last change; undefined when only the moment of the run is known. */
  readonly updatedAt: string | undefined;
  /** Of the check strategy the columns to compare; undefined for the timestamp strategy. */
  readonly check: readonly string[] | 'all' | undefined;
  readonly hardDeletes: HardDeletes;
  /** SQL for the end of what is valid now; undefined for NULL. */
  readonly validToCurrent: string | undefined;
  readonly columns: SnapshotColumns;
}

/** Reads a snapshot's config, which was found good when it was drafted. */
export function snapshotPlan({ config }: SnapshotNode): SnapshotPlan {
  const named = config['snapshot_meta_column_names'];
  const names = isPlainMap(named) ? named : {};
  const column = (key: string): string => textConfig(names, key) ?? key;
  const checked = textList(config['check_cols']);
  const deletes = textConfig(config, 'hard_deletes');
  return {
    uniqueKey: textList(config['unique_key']),
    updatedAt: textConfig(config, 'updated_at'),
    check: textConfig(config, 'strategy') !== 'check' ? undefined : config['check_cols'] === 'all' ? 'all' : checked,
    hardDeletes:
      deletes === 'invalidate' || deletes === 'new_record'
        ? deletes
        : config['invalidate_hard_deletes'] === true
          ? 'invalidate'
          : 'ignore',
    validToCurrent: textConfig(config, 'dbt_valid_to_current'),
    columns: {
      scdId: column('dbt_scd_id'),
      updatedAt: column('dbt_updated_at'),
      validFrom: column('dbt_valid_from'),
      validTo: column('dbt_valid_to'),
      isDeleted: column('dbt_is_deleted'),
    },
  };
}
