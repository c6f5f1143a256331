import { icons, type IconName } from '../shared/icons.ts';
import type { Tone } from '../shared/nodeLook.ts';

/** A codicon. Hidden from screen readers: words beside it or the control's label say the same. */
export function Icon({ name, tone }: { readonly name: IconName; readonly tone?: Tone }) {
  return (
    <span className="icon" aria-hidden="true" data-tone={tone} dangerouslySetInnerHTML={{ __html: icons[name] }} />
  );
}
