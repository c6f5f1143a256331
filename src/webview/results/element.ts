import { icons, type IconName } from '../shared/icons.ts';
import type { Tone } from '../shared/nodeLook.ts';

type Child = Node | string | undefined;

interface Attributes {
  readonly class?: string;
  readonly title?: string;
  readonly role?: string;
  readonly tabindex?: string;
  readonly 'data-key'?: string;
  readonly 'data-state'?: string;
  readonly 'data-verdict'?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-hidden'?: 'true';
  readonly 'aria-expanded'?: 'true' | 'false';
  readonly 'aria-controls'?: string;
  readonly id?: string;
}

/** An element with attributes and children; children that are undefined are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value as string);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A codicon. Hidden from screen readers: words beside it or the control's label say the same. */
export function icon(name: IconName, tone?: Tone): HTMLElement {
  const made = element('span', { class: 'icon', 'aria-hidden': 'true' });
  if (tone !== undefined) made.dataset['tone'] = tone;
  made.innerHTML = icons[name];
  return made;
}

interface ButtonOptions {
  readonly class: string;
  /** Tells the same button in the next rendering: the focus stays on it. */
  readonly key: string;
  readonly label?: string;
  readonly onPress: () => void;
}

/** A button; with a `label` that is its accessible name and tooltip, otherwise its children are. */
export function button({ class: className, key, label, onPress }: ButtonOptions, ...children: readonly Child[]) {
  const named = label === undefined ? {} : { title: label, 'aria-label': label };
  const made = element('button', { class: className, 'data-key': key, ...named }, ...children);
  made.type = 'button';
  made.addEventListener('click', onPress);
  return made;
}
