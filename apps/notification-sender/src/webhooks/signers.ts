// Opens the sealed secrets of endpoints for the package that signs (Standard Webhooks), and keeps what it opened:
// opening costs more than half of what sending does.
// Asked by webhook-dispatcher.ts for each try. A secret that was rotated or sealed anew has another sealed text, so it
// is opened anew.
import { Webhook } from 'standardwebhooks';
import type { TokenSecrets } from '#tokens';
import { openSecret } from '#webhooks';

export class Signers {
  private readonly opened = new Map<string, Webhook>();

  /** Keeps at most `most` secrets; the one opened first goes first. */
  constructor(
    private readonly secrets: TokenSecrets,
    private readonly most = 1_000,
  ) {}

  /** Throws where the TOKEN_SECRET that sealed the secret is no longer configured, or the row was changed. */
  of(endpointId: string, sealed: string): Webhook {
    const key = `${endpointId} ${sealed}`;
    const known = this.opened.get(key);
    if (known) return known;
    const signer = new Webhook(openSecret(this.secrets, endpointId, sealed));
    const [first] = this.opened.keys();
    if (first !== undefined && this.opened.size >= this.most) this.opened.delete(first);
    this.opened.set(key, signer);
    return signer;
  }
}
