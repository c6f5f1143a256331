import type { TemplateMessage } from '../../core/compile/compileEnvironment.ts';
import type { Console } from './console.ts';
import { consoleEvent } from './consoleEvent.ts';

/** Tells what a template says; what it prints is told however quiet the console is. */
export function tellMessage(console: Console, { kind, text }: TemplateMessage): void {
  const data = { msg: text };
  switch (kind) {
    case 'debug':
      console.tell(consoleEvent('JinjaLogDebug', text, data));
      break;
    case 'info':
      console.tell(consoleEvent('JinjaLogInfo', text, data));
      break;
    case 'warn':
      console.tell(consoleEvent('JinjaLogWarning', text, data));
      break;
    case 'print':
      console.answer(consoleEvent('PrintEvent', text, data));
  }
}
