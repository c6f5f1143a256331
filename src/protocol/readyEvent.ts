/** The event a page sends when its listeners are in place; it comes again when the page was loaded anew. */
export const readyEvent = 'ready';
