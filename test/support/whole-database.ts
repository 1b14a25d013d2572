// Everything that a database contains, as text: every column of every table, sealed mails opened.
// Used by the tests that check that something is kept nowhere.
import { type Database, RawMail } from '#persistence';
import { openMail } from '#sealing';

/** Where one of the words stands, in any letter case: `table.column`, with the row; mails as the bytes they came as. */
export async function whereIn(db: Database, secret: string, words: readonly string[]): Promise<string[]> {
  const columns = await db.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and data_type <> 'bytea' order by 1, 2`,
  );
  const found: string[] = [];
  const holds = (text: string): boolean => words.some((word) => text.toLowerCase().includes(word.toLowerCase()));
  for (const { table, column } of columns) {
    const rows = await db.query<{ text: string }>(
      `select "${column}"::text as text from "${table}" where "${column}" is not null`,
    );
    for (const { text } of rows) if (holds(text)) found.push(`${table}.${column}: ${text.slice(0, 300)}`);
  }
  for (const { id, keyId, sealed } of await (await db.entities()).find(RawMail)) {
    const raw = openMail({ current: secret, previous: undefined }, id, { keyId, sealed }).toString('latin1');
    if (holds(raw)) found.push(`raw_mails.sealed: ${raw.slice(0, 300)}`);
  }
  return found;
}
