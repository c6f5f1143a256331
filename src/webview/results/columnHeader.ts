import type { IHeaderComp, IHeaderParams } from 'ag-grid-community';
import { element } from './element.ts';

interface ColumnHeaderParams extends IHeaderParams {
  /** Shown under the name. */
  readonly columnType: string;
}

/** A column's name with its type below it. */
export class ColumnHeader implements IHeaderComp {
  #element = element('div', {});

  init({ displayName, columnType }: ColumnHeaderParams): void {
    this.#element = element(
      'div',
      { class: 'columnHeader', title: columnType === '' ? displayName : `${displayName} (${columnType})` },
      element('span', { class: 'columnName ellipsis' }, displayName),
      element('span', { class: 'columnType ellipsis muted' }, columnType),
    );
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  /** False: a header that changed is made anew. */
  refresh(): boolean {
    return false;
  }
}
