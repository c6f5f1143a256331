/** What rendering a project may know of the world; given by the host once a command. */
export interface CompileEnvironment {
  /** An environment variable; undefined when it is not set. */
  environmentVariable(name: string): string | undefined;
  readonly invocationId: string;
  /** Start of the command in milliseconds since 1970. */
  readonly startedAt: number;
}
