import { events, type ConsoleEvent, type ConsoleLevel } from './consoleEvent.ts';

/** How a command talks (dbt's --log-format, --log-level, --quiet and --printer-width). */
export interface ConsoleStyle {
  readonly format: 'text' | 'debug' | 'json';
  /** Nothing below it is told. */
  readonly level: ConsoleLevel | 'none';
  /** Only errors, and what was asked for. */
  readonly isQuiet: boolean;
  /** Whether what templates print is told (dbt's --print). */
  readonly prints: boolean;
  /** Columns that progress lines are filled up to. */
  readonly width: number;
}

/** What the lines of a console need to know of the call. */
export interface ConsoleCall {
  readonly invocationId: string;
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly write: (line: string) => void;
  /** Where text that was not asked for goes, when the output is to hold nothing else than what was. */
  readonly aside?: (line: string, level: ConsoleLevel) => void;
}

const rank: Readonly<Record<ConsoleStyle['level'], number>> = { debug: 0, info: 1, warn: 2, error: 3, none: 4 };

/** Where a command tells what it does, a line for each event: text for people, or dbt's JSON for programs. */
export class Console {
  readonly style: ConsoleStyle;
  readonly #call: ConsoleCall;

  constructor(style: ConsoleStyle, call: ConsoleCall) {
    this.style = style;
    this.#call = call;
  }

  tell(...told: readonly ConsoleEvent[]): void {
    const least = this.style.isQuiet ? 'error' : this.style.level;
    for (const one of told) if (rank[one.level] >= Math.max(rank[least], rank[this.style.level])) this.#tellOne(one);
  }

  /** Tells what was asked for: it is told however quiet the console is. */
  answer(...told: readonly ConsoleEvent[]): void {
    for (const one of told) this.#write(one);
  }

  #tellOne(one: ConsoleEvent): void {
    const { aside } = this.#call;
    if (aside === undefined || this.style.format === 'json') this.#write(one);
    else aside(one.message, one.level);
  }

  #write(one: ConsoleEvent): void {
    switch (this.style.format) {
      case 'text':
        this.#call.write(one.message);
        break;
      case 'debug': {
        const time = new Date(this.#call.now()).toISOString().slice(11, 23);
        this.#call.write(`${time}000 [${one.level.padEnd(5)}] [MainThread]: ${one.message}`);
        break;
      }
      case 'json':
        this.#call.write(JSON.stringify(this.#record(one)));
    }
  }

  /** The record that dbt writes of an event (dbt-common: events/types.proto, EventInfo). */
  #record({ name, level, message, data }: ConsoleEvent): object {
    const { invocationId, pid, now } = this.#call;
    return {
      data,
      info: {
        category: '',
        code: events[name].code,
        extra: {},
        invocation_id: invocationId,
        level,
        msg: message,
        name,
        pid,
        thread: 'MainThread',
        ts: new Date(now()).toISOString().replace('Z', '000Z'),
      },
    };
  }
}
