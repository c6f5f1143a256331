/** What is known of the columns of rows. */
export interface Shape {
  /** Names of columns, in lower case. */
  readonly names: ReadonlySet<string>;
  /** Tables all of whose columns are among these; those of one group each have what the group has (UNION). */
  readonly open: readonly (readonly string[])[];
  /** There may be more columns, and nobody knows of which table. */
  readonly isUnknown: boolean;
}

export const unknownShape: Shape = { names: new Set(), open: [], isUnknown: true };

/** Exactly these columns. */
export function closedShape(names: readonly string[]): Shape {
  return { names: new Set(names.map((name) => name.toLowerCase())), open: [], isUnknown: false };
}

/** A shape whose columns a list of aliases renames; an empty list renames none. */
export function renamedShape(shape: Shape, aliases: readonly string[]): Shape {
  return aliases.length === 0 ? shape : closedShape(aliases);
}

/** The columns of several tables side by side. The same table twice is one. */
export function joinedShape(shapes: readonly Shape[]): Shape {
  const groups = new Map(shapes.flatMap(({ open }) => open).map((group) => [group.join('\u0000'), group]));
  return {
    names: new Set(shapes.flatMap(({ names }) => [...names])),
    open: [...groups.values()],
    isUnknown: shapes.some((shape) => shape.isUnknown),
  };
}

/** The columns of two queries below each other: what one of them passes on, the other has too. */
export function unitedShape(left: Shape, right: Shape): Shape {
  const [first, second] = [left.open[0], right.open[0]];
  const joined = joinedShape([left, right]);
  if (first === undefined || second === undefined || left.open.length > 1 || right.open.length > 1) return joined;
  return { ...joined, open: [[...new Set([...first, ...second])]] };
}
