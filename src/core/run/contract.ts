import type { ModelNode } from '../compile/manifest.ts';
import { quoteIdentifier } from '../compile/relation.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { isPlainMap } from '../project/plainValue.ts';
import { isFloat } from '../sql/sqlTypes.ts';
import type { SqlType, TypedColumn } from '../sql/translation.ts';
import { dataTypeName, kindOfDataType } from './dataType.ts';
import type { PreparedQuery } from './translateQuery.ts';
import type { RunContext } from './runContext.ts';
import type { SqlEngine } from './sqlEngine.ts';
import { textTable } from './textTable.ts';

/** True for a model whose columns must be those that its YAML says (dbt's `contract: {enforced: true}`). */
export function hasContract({ config }: ModelNode): boolean {
  const { contract } = config;
  return isPlainMap(contract) && contract['enforced'] === true;
}

/**
 * How the columns of a model's query break its contract; undefined when they do not. Types are compared as far as they
 * are known (dbt-adapters: relations/column/columns_spec_ddl.sql; dbt: exceptions, ContractError).
 */
export function contractFault(node: ModelNode, columns: readonly TypedColumn[]): Diagnostic | undefined {
  const place = { file: node.originalFilePath, range: node.range };
  const untyped = node.columns.filter(({ dataType }) => dataType === undefined).map(({ name }) => name);
  if (untyped.length > 0) return diagnostic('run.contractWithoutTypes', { columns: untyped }, place);
  const mismatches = [...definitionMismatches(node, columns), ...missingColumns(node, columns)];
  if (mismatches.length === 0) return undefined;
  const rows = [...mismatches].sort(([a], [b]) => (a < b ? -1 : 1));
  const table = textTable(['column_name', 'definition_type', 'contract_type', 'mismatch_reason'], rows);
  return diagnostic('run.contractBroken', { table }, place);
}

/** Name, type in the query, type in the contract, reason. */
type Mismatch = readonly [name: string, definition: string, contract: string, reason: string];

function definitionMismatches(node: ModelNode, columns: readonly TypedColumn[]): readonly Mismatch[] {
  return columns.flatMap(({ name, type }): Mismatch[] => {
    const agreed = node.columns.find((one) => one.name === name)?.dataType;
    if (agreed === undefined) return [[name, shownType(type), '', 'missing in contract']];
    const kind = kindOfDataType(agreed);
    const isSame = kind === undefined || type.kind === 'unknown' || kind === (isFloat(type) ? 'real' : type.kind);
    return isSame ? [] : [[name, shownType(type), agreed.toUpperCase(), 'data type mismatch']];
  });
}

function missingColumns(node: ModelNode, columns: readonly TypedColumn[]): readonly Mismatch[] {
  return node.columns
    .filter(({ name }) => !columns.some((one) => one.name === name))
    .map(({ name, dataType = '' }) => [name, '', dataType.toUpperCase(), 'missing in definition']);
}

function shownType(type: SqlType): string {
  return type.kind === 'text' ? 'VARCHAR' : (dataTypeName(type, 'duckdb') ?? '');
}

/** Adapters that cannot hold a model to its contract, and so do not. */
const withoutContracts: readonly string[] = ['sqlite'];

/** What a model's contract asks of its table. */
export interface Contract {
  readonly isEnforced: boolean;
  /** Columns of the query, with their types as far as they are known. */
  readonly columns: readonly TypedColumn[];
  /** Notes on what is not enforced, and the fault when the columns are others. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds a model's query to its contract, before anything is built. */
export async function contractOf(
  { engine, manifest }: Pick<RunContext, 'engine' | 'manifest'>,
  node: ModelNode,
  { sql, columns: known }: PreparedQuery,
): Promise<Contract> {
  const none: Contract = { isEnforced: false, columns: known ?? [], diagnostics: [] };
  if (!hasContract(node)) return none;
  const place = { file: node.originalFilePath, range: node.range };
  const adapter = manifest.project.target.type;
  if (withoutContracts.includes(adapter))
    return { ...none, diagnostics: [diagnostic('run.contractNotEnforced', { adapter }, place)] };
  const columns = known ?? (await columnNames(engine, sql));
  const fault = contractFault(node, columns);
  const left = leftOut(node);
  const notes = left.length === 0 ? [] : [diagnostic('run.constraintNotEnforced', { types: left }, place)];
  return { isEnforced: true, columns, diagnostics: [...notes, ...(fault === undefined ? [] : [fault])] };
}

async function columnNames(engine: SqlEngine, sql: string): Promise<readonly TypedColumn[]> {
  const { columns } = await engine.query(`select * from (\n${sql}\n) limit 0`);
  return columns.map((name) => ({ name, type: { kind: 'unknown' } }));
}

/** Types of constraints that are not looked at. */
function leftOut({ columns, constraints }: ModelNode): readonly string[] {
  const all = [...columns.flatMap((column) => column.constraints), ...constraints];
  return [...new Set(all.map(({ type }) => type).filter((type) => type === 'foreign_key' || type === 'custom'))];
}

/** The query with the columns in the contract's order, as dbt makes the table. */
export function inContractOrder({ columns }: ModelNode, sql: string): string {
  return `select ${columns.map(({ name }) => quoteIdentifier(name)).join(', ')} from (\n${sql}\n)`;
}
