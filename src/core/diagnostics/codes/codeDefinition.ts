/** One entry of the registry: how grave the fault is, and its message in words that say what to do. */
export interface CodeDefinition {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: (params: never) => string;
}
