import fs from 'node:fs';

/** A transaction as a database takes it. */
export type TransactionRow = readonly [id: number, time: string, player: number, type: string, amount: number];

/** The transaction of a number, the same at every call. */
export function transactionRow(id: number): TransactionRow {
  const time = new Date(Date.UTC(2024, 0, 1) + ((id * 7919) % 31_536_000) * 1000).toISOString();
  const stamp = `${time.slice(0, 10)} ${time.slice(11, 19)}`;
  return [id, stamp, (id % 200_000) + 1, id % 3 === 0 ? 'Withdraw' : 'Deposit', ((id * 31) % 50_000) / 100];
}

/** Writes so many transactions into a CSV, each time with this behind it. */
export async function writeTransactions(file: string, transactions: number, zone: string): Promise<void> {
  const handle = await fs.promises.open(file, 'w');
  await handle.write('id,timestamp,player_id,type,amount\n');
  for (let from = 1; from <= transactions; from += 10_000) {
    const count = Math.min(10_000, transactions - from + 1);
    const lines = Array.from({ length: count }, (_, at) => {
      const [id, stamp, player, type, amount] = transactionRow(from + at);
      return `${id},${stamp}${zone},${player},${type},${amount.toFixed(2)}\n`;
    });
    await handle.write(lines.join(''));
  }
  await handle.close();
}
