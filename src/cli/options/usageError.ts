/** A command line that cannot be understood; `message` says what is wrong with it. */
export class UsageError extends Error {
  /** The usage line to print before the message, when the fault is in what a command takes. */
  readonly usage: string | undefined;

  constructor(message: string, usage?: string) {
    super(message);
    this.usage = usage;
  }
}

/** What to print for it, in click's form. */
export function usageErrorText({ message, usage }: UsageError): string {
  if (usage === undefined) return `Error: ${message}`;
  const command = usage.replace(/ \[.*$/, '');
  return `Usage: ${usage}\nTry '${command} --help' for help.\n\nError: ${message}`;
}
