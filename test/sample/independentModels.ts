/**
 * The sample's three models and five rules, computed from the CSV texts alone: no SQL, no code of the product.
 * Money is whole cents. The facts are those of the sample's README and of the comments in its tests.
 */

/** The three tables as CSV texts. */
export interface SampleTexts {
  readonly affiliates: string;
  readonly players: string;
  readonly transactions: string;
}

export interface DailyTransactions {
  readonly player_id: string;
  /** `YYYY-MM-DD` in UTC. */
  readonly transaction_date: string;
  readonly deposits: number;
  /** Zero or negative. */
  readonly withdrawals: number;
}

export interface DiscordDeposits {
  readonly country_code: string;
  readonly deposit_sum: number;
  readonly deposit_count: number;
}

/** Amounts in cents; undefined where the player made fewer deposits. */
export interface TopDeposits {
  readonly player_id: string;
  readonly largest_deposit: number;
  readonly second_largest_deposit: number | undefined;
  readonly third_largest_deposit: number | undefined;
}

export interface SampleModels {
  readonly daily_player_transactions: readonly DailyTransactions[];
  readonly agg_discord_deposits_by_country: readonly DiscordDeposits[];
  readonly player_top_three_deposits: readonly TopDeposits[];
}

/** A row that breaks one of the five business rules. */
export interface RuleViolation {
  readonly rule: 1 | 2 | 3 | 4 | 5;
  readonly table: keyof SampleTexts;
  readonly id: string;
  readonly reason: string;
}

type Row = Readonly<Record<string, string>>;

/** The three models, rows in no particular order. */
export function computeModels(texts: SampleTexts): SampleModels {
  const transactions = parseRows(texts.transactions);
  return {
    daily_player_transactions: dailyTransactions(transactions),
    agg_discord_deposits_by_country: discordDeposits(
      parseRows(texts.affiliates),
      parseRows(texts.players),
      transactions,
    ),
    player_top_three_deposits: topDeposits(transactions),
  };
}

function dailyTransactions(transactions: readonly Row[]): DailyTransactions[] {
  const days = new Map<
    string,
    { player_id: string; transaction_date: string; deposits: number; withdrawals: number }
  >();
  for (const row of transactions) {
    const [player_id, transaction_date] = [field(row, 'player_id'), field(row, 'timestamp').slice(0, 10)];
    const key = `${player_id} ${transaction_date}`;
    const day = days.get(key) ?? { player_id, transaction_date, deposits: 0, withdrawals: 0 };
    if (row['type'] === 'Deposit') day.deposits += cents(row);
    if (row['type'] === 'Withdraw') day.withdrawals -= cents(row);
    days.set(key, day);
  }
  return [...days.values()];
}

function discordDeposits(
  affiliates: readonly Row[],
  players: readonly Row[],
  transactions: readonly Row[],
): DiscordDeposits[] {
  const discord = new Set(affiliates.filter((row) => row['origin'] === 'Discord').map((row) => field(row, 'id')));
  // A player id that occurs twice counts twice, as it does in a join.
  const countries = new Map<string, string[]>();
  for (const player of players) {
    if (!isTrue(player['is_kyc_approved']) || !discord.has(field(player, 'affiliate_id'))) continue;
    const id = field(player, 'id');
    countries.set(id, [...(countries.get(id) ?? []), field(player, 'country_code')]);
  }
  const totals = new Map<string, { country_code: string; deposit_sum: number; deposit_count: number }>();
  for (const row of transactions.filter((one) => one['type'] === 'Deposit')) {
    for (const country_code of countries.get(field(row, 'player_id')) ?? []) {
      const total = totals.get(country_code) ?? { country_code, deposit_sum: 0, deposit_count: 0 };
      total.deposit_sum += cents(row);
      total.deposit_count += 1;
      totals.set(country_code, total);
    }
  }
  return [...totals.values()];
}

function topDeposits(transactions: readonly Row[]): TopDeposits[] {
  const amounts = new Map<string, number[]>();
  for (const row of transactions.filter((one) => one['type'] === 'Deposit')) {
    const id = field(row, 'player_id');
    const known = amounts.get(id);
    if (known === undefined) amounts.set(id, [cents(row)]);
    else known.push(cents(row));
  }
  return [...amounts].map(([player_id, list]) => {
    const [largest_deposit = 0, second_largest_deposit, third_largest_deposit] = list.sort((a, b) => b - a);
    return { player_id, largest_deposit, second_largest_deposit, third_largest_deposit };
  });
}

/** Every row that breaks one of the five rules; of several versions of a player, the latest stands. */
export function findViolations(texts: SampleTexts): RuleViolation[] {
  const [affiliates, players, transactions] = [
    parseRows(texts.affiliates),
    parseRows(texts.players),
    parseRows(texts.transactions),
  ];
  const current = new Map<string, Row>();
  for (const player of players) {
    const known = current.get(field(player, 'id'));
    if (known === undefined || field(known, 'updated_at') < field(player, 'updated_at')) {
      current.set(field(player, 'id'), player);
    }
  }
  return [
    ...transactions.flatMap((row) => kycViolations(row, current.get(field(row, 'player_id')))),
    ...affiliateViolations(affiliates, [...current.values()]),
    ...repeatedIds('affiliates', affiliates),
    ...repeatedIds('players', players),
    ...repeatedIds('transactions', transactions),
  ];
}

function kycViolations(transaction: Row, player: Row | undefined): RuleViolation[] {
  const at = field(transaction, 'timestamp');
  const reasons: string[] = [];
  if (player === undefined) reasons.push('its player does not exist');
  else {
    if (!isTrue(player['is_kyc_approved'])) reasons.push('its player is not approved');
    if (at < field(player, 'created_at')) reasons.push('its player did not exist yet');
    if (at < field(player, 'updated_at')) reasons.push('its player was not approved yet');
  }
  return reasons.map((reason) => ({ rule: 1, table: 'transactions', id: field(transaction, 'id'), reason }));
}

function affiliateViolations(affiliates: readonly Row[], players: readonly Row[]): RuleViolation[] {
  const linked = new Map<string, Row[]>();
  for (const player of players) {
    const id = field(player, 'affiliate_id');
    if (id !== '') linked.set(id, [...(linked.get(id) ?? []), player]);
  }
  const known = new Set(affiliates.map((row) => field(row, 'id')));
  const violations: RuleViolation[] = [...linked.keys()]
    .filter((id) => !known.has(id))
    .map((id) => ({ rule: 4, table: 'players', id, reason: 'the affiliate does not exist' }));
  for (const affiliate of affiliates) {
    const [id, redeemedAt] = [field(affiliate, 'id'), field(affiliate, 'redeemed_at')];
    const users = linked.get(id) ?? [];
    const broken = (rule: 2 | 3, reason: string): number => violations.push({ rule, table: 'affiliates', id, reason });
    if (redeemedAt !== '' && users.length === 0) broken(3, 'redeemed, and no player is linked to it');
    if (redeemedAt === '' && users.length > 0) broken(2, 'not redeemed, and a player is linked to it');
    if (redeemedAt !== '' && users.length > 1) broken(2, 'redeemed, and several players are linked to it');
    if (redeemedAt !== '' && users.length === 1 && users[0]?.['created_at'] !== redeemedAt) {
      broken(2, 'redeemed at another moment than its player was created');
    }
  }
  return violations;
}

function repeatedIds(table: keyof SampleTexts, rows: readonly Row[]): RuleViolation[] {
  const seen = new Set<string>();
  return rows.flatMap((row): RuleViolation[] => {
    const id = field(row, 'id');
    if (id !== '' && !seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ rule: 5, table, id, reason: id === '' ? 'has no id' : 'its id occurs before' }];
  });
}

/** The rows of a CSV without quoted fields, which the sample's tables are. */
export function parseRows(text: string): Row[] {
  const [header = '', ...lines] = text.split('\n');
  const names = header.split(',');
  return lines
    .filter((line) => line !== '')
    .map((line, index) => {
      const fields = line.split(',');
      if (fields.length !== names.length)
        throw new Error(`line ${String(index + 2)} has ${String(fields.length)} fields`);
      return Object.fromEntries(names.map((name, at) => [name, fields[at] ?? '']));
    });
}

function field(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`no column ${name}`);
  return value;
}

/** `304.94` as 30494, read digit by digit. */
function cents(row: Row): number {
  const match = /^(\d+)\.(\d\d)$/.exec(field(row, 'amount'));
  if (match === null) throw new Error(`not an amount: ${field(row, 'amount')}`);
  return Number(match[1]) * 100 + Number(match[2]);
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}
