/** `createdAt`, `Created At` and `CREATED_AT` as `created_at`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();
}

/** What a table holds, without the layer that its name may begin with: `raw_customers` holds `customers`. */
export function tableStem(table: string): string {
  return snakeCase(table).replace(/^(raw|src|source|stg|staging|base|tbl|dim|fct|fact)_/, '');
}

/** An English plural as a singular: `categories`, `boxes`, `people`. A word that is none stays as it is. */
export function singular(name: string): string {
  const irregular: Readonly<Record<string, string>> = {
    movies: 'movie',
    people: 'person',
    children: 'child',
    men: 'man',
    women: 'woman',
  };
  return name.replace(/[a-z]+$/, (word) => {
    if (Object.hasOwn(irregular, word)) return irregular[word] ?? word;
    if (/(ss|us|is)$/.test(word)) return word;
    if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y');
    if (/(ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
    if (/(at|b|ir|p)uses$/.test(word)) return word.slice(0, -2);
    return word.replace(/s$/, '');
  });
}
