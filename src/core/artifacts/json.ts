/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The text of an artifact file. */
export function jsonText(value: Json): string {
  return JSON.stringify(value);
}
