import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TypedColumn } from '../sql/translation.ts';

/** What building a model gave. */
export interface ModelBuild {
  readonly ok: boolean;
  readonly compiledCode: string | undefined;
  readonly executedSql: string | undefined;
  readonly rowCount: number | undefined;
  readonly columns: readonly TypedColumn[] | undefined;
  readonly compiledAt: number;
  /** What a materialization that is not dbt's own answered. */
  readonly message?: string;
  readonly diagnostics: readonly Diagnostic[];
}
