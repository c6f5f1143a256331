import { compileCodes } from './codes/compileCodes.ts';
import { dataCodes } from './codes/dataCodes.ts';
import { exportCodes } from './codes/exportCodes.ts';
import { jinjaCodes } from './codes/jinjaCodes.ts';
import { projectCodes } from './codes/projectCodes.ts';
import { runCodes } from './codes/runCodes.ts';
import { sqlCodes } from './codes/sqlCodes.ts';

/** The one registry of diagnostic codes; each layer's codes and messages stand in one file under codes/. */
export const codes = {
  ...projectCodes,
  ...jinjaCodes,
  ...compileCodes,
  ...sqlCodes,
  ...dataCodes,
  ...runCodes,
  ...exportCodes,
} as const;

export type DiagnosticCode = keyof typeof codes;

/** The parameters that the message of a code is made from; an empty object where it takes none. */
export type CodeParams<C extends DiagnosticCode> =
  Parameters<(typeof codes)[C]['message']> extends [infer P] ? P : Readonly<Record<string, never>>;
