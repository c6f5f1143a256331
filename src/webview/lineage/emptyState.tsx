import type { FileLocation } from '../../protocol/nodeFacts.ts';
import type { LineageAction, LineageSnapshot } from '../../protocol/lineageProtocol.ts';
import { formatLocation } from '../shared/format.ts';
import { Icon } from './icon.tsx';

interface EmptyStateProps {
  readonly snapshot: Exclude<LineageSnapshot, { readonly state: 'ready' | 'dag' }>;
  readonly onAction: (action: LineageAction) => void;
  readonly onLocation: (location: FileLocation) => void;
}

const actionTitles = {
  createSample: 'Create Sample Project',
  openFolder: 'Open Folder…',
  showProblems: 'Show Problems',
  reload: 'Read Again',
  trustWorkspace: 'Manage Workspace Trust',
} as const satisfies Record<LineageAction, string>;

/** What stands in place of a graph: what is the matter, and the way on. */
export function EmptyState({ snapshot, onAction, onLocation }: EmptyStateProps) {
  switch (snapshot.state) {
    case 'loading':
      return (
        <div className="state" role="status">
          <p className="heading">
            <Icon name="loading" tone="busy" />
            <span>{snapshot.message ?? 'Reading the project…'}</span>
          </p>
        </div>
      );
    case 'noProject':
      return (
        <div className="state">
          <h2>No dbt project here</h2>
          <p className="muted">
            {snapshot.message ?? 'Open a folder that has a dbt_project.yml, or begin with a sample project.'}
          </p>
          <Actions actions={snapshot.actions} onAction={onAction} />
        </div>
      );
    case 'failed':
      return (
        <div className="state" role="alert">
          <h2 className="heading">
            <Icon name="error" tone="bad" />
            <span>The project could not be read</span>
          </h2>
          <p>{snapshot.message}</p>
          <Place location={snapshot.location} onLocation={onLocation} />
          {snapshot.detail === undefined ? null : (
            <pre className="detail" tabIndex={0} aria-label="Detail">
              {snapshot.detail}
            </pre>
          )}
          <Actions actions={snapshot.actions} onAction={onAction} />
        </div>
      );
  }
}

interface PlaceProps {
  readonly location: FileLocation | undefined;
  readonly onLocation: (location: FileLocation) => void;
}

function Place({ location, onLocation }: PlaceProps) {
  if (location === undefined) return null;
  return (
    <button type="button" className="link" onClick={() => onLocation(location)}>
      {formatLocation(location)}
    </button>
  );
}

interface ActionsProps {
  readonly actions: readonly LineageAction[];
  readonly onAction: (action: LineageAction) => void;
}

/** The first action is the one to take. */
function Actions({ actions, onAction }: ActionsProps) {
  if (actions.length === 0) return null;
  return (
    <div className="actions">
      {actions.map((action, position) => (
        <button
          key={action}
          type="button"
          className={position === 0 ? 'button primary' : 'button'}
          onClick={() => onAction(action)}
        >
          {actionTitles[action]}
        </button>
      ))}
    </div>
  );
}
