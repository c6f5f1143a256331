import { type SqlEngine } from '../core/run/sqlEngine.ts';
import { type SqlTranslator } from '../core/sql/translation.ts';

/** The engine that Modelyard brings along: sql.js, and the translation of other dialects into what it speaks. */
export type EmbeddedEngine = SqlEngine & SqlTranslator;
