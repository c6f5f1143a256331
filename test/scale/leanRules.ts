import type { SampleTexts } from '../sample/independentModels.ts';

/**
 * How many rows break each of the five business rules: the same facts as `findViolations`, computed in flat arrays so
 * that millions of rows fit. Times are compared as texts: all are written alike.
 */
export function countViolations({
  affiliates,
  players,
  transactions,
}: SampleTexts): Readonly<Record<1 | 2 | 3 | 5, number>> {
  const counts = { 1: 0, 2: 0, 3: 0, 5: 0 };
  const redeemed = new Map<string, string>();
  eachRow(affiliates, ([id = '', , , redeemedAt = '']) => {
    if (id === '' || redeemed.has(id)) counts[5] += 1;
    redeemed.set(id, redeemedAt);
  });
  const created = new Map<string, string>();
  const verifiedSince = new Map<string, string>();
  const playersOf = new Map<string, number>();
  eachRow(players, ([id = '', affiliate = '', , isApproved = '', createdAt = '', updatedAt = '']) => {
    if (id === '' || created.has(id)) counts[5] += 1;
    created.set(id, createdAt);
    if (isApproved === 'TRUE') verifiedSince.set(id, updatedAt);
    if (affiliate === '') return;
    playersOf.set(affiliate, (playersOf.get(affiliate) ?? 0) + 1);
    // A code was redeemed at the moment at which its one player was created.
    if (redeemed.get(affiliate) !== createdAt) counts[2] += 1;
  });
  for (const count of playersOf.values()) if (count > 1) counts[2] += 1;
  for (const [id, at] of redeemed) if (at !== '' && !playersOf.has(id)) counts[3] += 1;
  const seen = new Set<string>();
  eachRow(transactions, ([id = '', at = '', player = '']) => {
    if (id === '' || seen.has(id)) counts[5] += 1;
    seen.add(id);
    const since = verifiedSince.get(player);
    if (since === undefined || at < since || at < (created.get(player) ?? '')) counts[1] += 1;
  });
  return counts;
}

/** The sample's files have no quotes. */
function eachRow(csv: string, take: (fields: readonly string[]) => void): void {
  for (let at = csv.indexOf('\n') + 1; at < csv.length;) {
    const end = csv.indexOf('\n', at);
    take(csv.slice(at, end).split(','));
    at = end + 1;
  }
}
