import type { TemplateMessage } from '../../core/compile/compileEnvironment.ts';
import type { CommandName } from '../options/commandOptions.ts';
import type { Console } from './console.ts';
import { consoleEvent } from './consoleEvent.ts';

/** Modelyard's own commands, whose output is about data: what templates say is not told in it. */
const aboutData: readonly CommandName[] = ['check', 'clean', 'generate', 'simulate'];

/** Hears what templates say in a command, and tells it where it belongs. */
export function messageTeller(command: CommandName, console: Console): (message: TemplateMessage) => void {
  return (message) => {
    if (!aboutData.includes(command)) tellMessage(console, message);
  };
}

/** Tells what a template says; what it prints is told however quiet the console is. */
function tellMessage(console: Console, { kind, text }: TemplateMessage): void {
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
      if (console.style.prints) console.answer(consoleEvent('PrintEvent', text, data));
  }
}
