import type { Json } from '../../core/artifacts/json.ts';

export type ConsoleLevel = 'debug' | 'info' | 'warn' | 'error';

/** dbt's events that a command tells, by name, with their codes and usual levels (dbt-core: core/dbt/events/types.py). */
export const events = {
  MainReportVersion: { code: 'A001', level: 'info' },
  UnusedResourceConfigPath: { code: 'I051', level: 'warn' },
  NoNodeForYamlKey: { code: 'I058', level: 'warn' },
  JinjaLogWarning: { code: 'I061', level: 'warn' },
  JinjaLogInfo: { code: 'I062', level: 'info' },
  JinjaLogDebug: { code: 'I063', level: 'debug' },
  DepsNoPackagesFound: { code: 'M013', level: 'info' },
  DepsInstallInfo: { code: 'M015', level: 'info' },
  NoNodesForSelectionCriteria: { code: 'M030', level: 'warn' },
  RunningOperationCaughtError: { code: 'Q001', level: 'error' },
  FreshnessCheckComplete: { code: 'Q003', level: 'info' },
  LogTestResult: { code: 'Q007', level: 'info' },
  LogStartLine: { code: 'Q011', level: 'info' },
  LogModelResult: { code: 'Q012', level: 'info' },
  LogSnapshotResult: { code: 'Q015', level: 'info' },
  LogFreshnessResult: { code: 'Q018', level: 'info' },
  LogSeedResult: { code: 'Q016', level: 'info' },
  LogNodeNoOpResult: { code: 'Q019', level: 'info' },
  DefaultSelector: { code: 'Q023', level: 'info' },
  ConcurrencyLine: { code: 'Q027', level: 'info' },
  LogHookStartLine: { code: 'Q032', level: 'info' },
  LogHookEndLine: { code: 'Q033', level: 'info' },
  SkippingDetails: { code: 'Q034', level: 'info' },
  NothingToDo: { code: 'Q035', level: 'warn' },
  NoNodesSelected: { code: 'Q038', level: 'warn' },
  ShowNode: { code: 'Q041', level: 'info' },
  LogStartBatch: { code: 'Q045', level: 'info' },
  LogBatchResult: { code: 'Q046', level: 'info' },
  GenericExceptionOnRun: { code: 'W004', level: 'error' },
  MicrobatchModelNoEventTimeInputs: { code: 'I074', level: 'warn' },
  InvalidConcurrentBatchesConfig: { code: 'I075', level: 'warn' },
  CompiledNode: { code: 'Q042', level: 'info' },
  FoundStats: { code: 'W006', level: 'info' },
  FinishedRunningStats: { code: 'E047', level: 'info' },
  BuildingCatalog: { code: 'E044', level: 'info' },
  CatalogWritten: { code: 'E042', level: 'info' },
  MainEncounteredError: { code: 'Z002', level: 'error' },
  CheckCleanPath: { code: 'Z012', level: 'info' },
  ConfirmCleanPath: { code: 'Z013', level: 'info' },
  FinishedCleanPaths: { code: 'Z015', level: 'info' },
  Formatting: { code: 'Z017', level: 'info' },
  RunResultWarning: { code: 'Z021', level: 'warn' },
  RunResultFailure: { code: 'Z022', level: 'error' },
  StatsLine: { code: 'Z023', level: 'info' },
  RunResultError: { code: 'Z024', level: 'error' },
  RunResultErrorNoMessage: { code: 'Z025', level: 'error' },
  SQLCompiledPath: { code: 'Z026', level: 'info' },
  CheckNodeTestFailure: { code: 'Z027', level: 'info' },
  EndOfRunSummary: { code: 'Z030', level: 'info' },
  RunResultWarningMessage: { code: 'Z046', level: 'warn' },
  Note: { code: 'Z050', level: 'info' },
  PrintEvent: { code: 'Z052', level: 'info' },
} as const satisfies Record<string, { readonly code: string; readonly level: ConsoleLevel }>;

export type EventName = keyof typeof events;

/** One thing told on the console. */
export interface ConsoleEvent {
  readonly name: EventName;
  readonly level: ConsoleLevel;
  readonly message: string;
  /** What the event says apart from its message, as dbt's JSON has it. */
  readonly data: Readonly<Record<string, Json>>;
}

/** An event with its usual level, or another. */
export function consoleEvent(
  name: EventName,
  message: string,
  data: ConsoleEvent['data'] = {},
  level: ConsoleLevel = events[name].level,
): ConsoleEvent {
  return { name, level, message, data };
}

/** An empty line. */
export const emptyLine: ConsoleEvent = consoleEvent('Formatting', '', { msg: '' });
