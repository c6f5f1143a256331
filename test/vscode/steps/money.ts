/** Cents as the grid shows an amount. */
export function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
