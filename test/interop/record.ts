// What the product has recorded of a mail.
// Used by steps.ts and servers/receivers.ts.
import { eventually } from '../support/eventually';
import type { Product } from '../support/product';

/** What the ingestor recorded of a mail, once it has read it. */
export function recordOf(product: Product, id: string): Promise<{ kind: string; verdict: string; why: string }> {
  const query = "select kind, verdict, why from imip_messages where id = $1 and state <> 'stored'";
  return eventually(
    `mail ${id} is read`,
    async () => (await product.database.db.query<{ kind: string; verdict: string; why: string }>(query, [id]))[0],
  );
}
