import { Position, ReactFlow, type Edge, type ReactFlowInstance } from '@xyflow/react';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
} from 'react';
import { describePlace } from './describe.ts';
import { relatedTo, type GraphIndex } from './graphIndex.ts';
import { cardSize } from './layout.ts';
import type { Positions } from './layouter.ts';
import { isMove, moveFrom } from './moves.ts';
import { NodeCard, type CardFocus, type CardNode } from './nodeCard.tsx';
import { useSize } from './useSize.ts';
import { blockZoom, firstView, fitAll, reveal, zoomAround, zoomRange, type Viewport } from './viewport.ts';

/** What the toolbar asks of the graph. */
export interface GraphControls {
  fit(): void;
  zoom(factor: number): void;
  /** Moves a card into view; with `focus` the keyboard goes there too. */
  show(id: string, focus: boolean): void;
}

interface GraphViewProps {
  /** What it is, and its keys, for those who do not see it. */
  readonly label: string;
  readonly index: GraphIndex;
  readonly positions: Positions;
  /** Changes when cards were placed anew. */
  readonly layoutKey: string;
  readonly selectedId: string | undefined;
  readonly activeId: string | undefined;
  /** Ids that a search found; undefined while nothing is searched for. */
  readonly found: ReadonlySet<string> | undefined;
  readonly onActive: (id: string) => void;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly controls: Ref<GraphControls>;
}

const nodeTypes = { card: NodeCard };
/** Where a card's handles are: given here too, edges are drawn with the cards and not after they were measured. */
const handles: NonNullable<CardNode['handles']> = [
  { type: 'target', position: Position.Left, x: 0, y: cardSize.height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: cardSize.width, y: cardSize.height / 2, width: 1, height: 1 },
];
/** Above this number only what can be seen is drawn; below it, drawing all is quicker than finding out. */
const drawAllUpTo = 80;

/** A lineage, or another graph, as cards: one tab stop, arrows follow edges, Enter selects, O opens the file. */
export function GraphView(props: GraphViewProps) {
  const { label, index, positions, layoutKey, selectedId, activeId, found, onActive, onSelect, onOpen, controls } =
    props;
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const flow = useRef<ReactFlowInstance<CardNode>>(undefined);
  const movedByHand = useRef(false);
  const wanted = useRef<string>(undefined);
  const [activeDrawn, setActiveDrawn] = useState(false);
  const [far, setFar] = useState(false);
  const focus = useMemo<CardFocus>(
    () => ({
      wanted,
      onActive: setActiveDrawn,
      onLost: () => box.current?.focus({ preventScroll: true }),
    }),
    [],
  );

  const points = useMemo(() => [...positions.values()], [positions]);
  const setView = useCallback((view: Viewport) => void flow.current?.setViewport(view), []);
  const show = useCallback(
    (id: string, takeFocus: boolean) => {
      const card = positions.get(id);
      if (card === undefined || size === undefined || flow.current === undefined) return;
      if (takeFocus) {
        // A card that is drawn and active already is not rendered again; one out of sight takes the focus when drawn.
        const drawn = box.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
        if (drawn === undefined || drawn === null) wanted.current = id;
        else drawn.focus({ preventScroll: true });
      }
      setView(reveal(flow.current.getViewport(), card, size));
      onActive(id);
    },
    [positions, size, onActive, setView],
  );
  useImperativeHandle(
    controls,
    () => ({
      fit: () => {
        movedByHand.current = false;
        if (size !== undefined) setView(fitAll(points, size));
      },
      zoom: (factor) => {
        movedByHand.current = true;
        const view = flow.current?.getViewport();
        if (view !== undefined && size !== undefined) setView(zoomAround(view, factor, size));
      },
      show,
    }),
    [points, size, setView, show],
  );

  // Until somebody moves the view it follows the layout and the panel's size.
  const firstFocus = positions.get(selectedId ?? '');
  const shownLayout = useRef('');
  useEffect(() => {
    if (size === undefined) return;
    if (shownLayout.current !== layoutKey) movedByHand.current = false;
    shownLayout.current = layoutKey;
    if (!movedByHand.current) setView(firstView(points, size, firstFocus));
  }, [layoutKey, points, size, setView]);

  const nodes = useCards({ index, positions, selectedId, activeId, found, focus });
  const edges = useEdges(index, selectedId);

  const onKeyDown = (event: KeyboardEvent) => {
    if (activeId === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (isMove(event.key)) show(moveFrom(activeId, event.key, index, positions), true);
    else if (event.key === 'Enter' || event.key === ' ') onSelect(activeId);
    else if (event.key === 'o' || event.key === 'F12') onOpen(activeId);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={box}
      className="graph"
      data-far={far || undefined}
      role="application"
      aria-label={label}
      tabIndex={activeDrawn ? -1 : 0}
      onKeyDown={onKeyDown}
    >
      {size === undefined ? null : (
        <ReactFlow<CardNode>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          defaultViewport={firstView(points, size, firstFocus)}
          onInit={(instance) => {
            flow.current = instance;
          }}
          onMoveStart={(event) => {
            if (event !== null) movedByHand.current = true;
          }}
          onMove={(_, { zoom }) => setFar(zoom < blockZoom)}
          onNodeClick={(_, { id }) => {
            onActive(id);
            onSelect(id);
          }}
          onNodeDoubleClick={(_, { id }) => onOpen(id)}
          onlyRenderVisibleElements={nodes.length > drawAllUpTo}
          minZoom={zoomRange.min}
          maxZoom={zoomRange.max}
          panOnScroll
          zoomOnDoubleClick={false}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          proOptions={{ hideAttribution: true }}
        />
      )}
    </div>
  );
}

type CardsProps = Pick<GraphViewProps, 'index' | 'positions' | 'selectedId' | 'activeId' | 'found'> & {
  readonly focus: CardFocus;
};

function useCards({ index, positions, selectedId, activeId, found, focus }: CardsProps): CardNode[] {
  return useMemo(
    () =>
      index.nodes.flatMap((node): CardNode[] => {
        const position = positions.get(node.id);
        if (position === undefined) return [];
        return [
          {
            id: node.id,
            type: 'card',
            position,
            ...cardSize,
            measured: cardSize,
            handles,
            data: {
              node,
              description: describePlace(node, index),
              selected: node.id === selectedId,
              active: node.id === activeId,
              dimmed: found !== undefined && !found.has(node.id),
              focus,
            },
          },
        ];
      }),
    [index, positions, selectedId, activeId, found, focus],
  );
}

function useEdges(index: GraphIndex, selectedId: string | undefined): Edge[] {
  return useMemo(() => {
    const related = selectedId === undefined ? new Set<string>() : relatedTo(index, selectedId);
    return index.edges.map(({ from, to }) => {
      const traced = related.has(from) && related.has(to);
      return {
        id: `${from}>${to}`,
        source: from,
        target: to,
        className: traced ? 'traced' : '',
        zIndex: traced ? 1 : 0,
      };
    });
  }, [index, selectedId]);
}
