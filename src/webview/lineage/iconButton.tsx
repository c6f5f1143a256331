import type { IconName } from '../shared/icons.ts';
import { Icon } from './icon.tsx';

interface IconButtonProps {
  readonly icon: IconName;
  /** The accessible name, and the tooltip. */
  readonly label: string;
  readonly onPress: () => void;
  /** Shown beside the icon. */
  readonly text?: string;
  readonly disabled?: boolean;
  /** Makes it a toggle. */
  readonly pressed?: boolean;
  readonly className?: string;
}

/** A button of the toolbar. */
export function IconButton({ icon, label, onPress, text, disabled, pressed, className = '' }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`iconButton ${className}`}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
      {text === undefined ? null : <span className="text">{text}</span>}
    </button>
  );
}
