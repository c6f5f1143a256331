/** Lines that say that there was an error, and in what; the line behind them says which. */
const headings = /^(?:(?:Encountered an error:|[A-Z]\w* Error(?: in [^\n]*)?)\s*\n\s*)+/;

/** How dbt 2 begins an error; where in the query it was, and the calls that led to it, are on lines behind it. */
const sign = /^\[error\] \[\w+ \(dbt\d+\)\]: /;
const places = /\n(?:\(in [^\n]*\)\n)? *(?:-->|0: )[^]*$/;

/** What an error of dbt 1 or dbt 2 says, on one line, without what stands around it. */
export function reasonIn(message: string): string {
  return oneLine(sign.test(message) ? message.replace(sign, '').replace(places, '') : message.replace(headings, ''));
}

const longestReason = 400;

/** The lines of a text as one, and no more of it than one reads. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}
