// Seals endpoint secrets anew under the current TOKEN_SECRET while the previous one can still open them, so that a
// rotation loses none.
// Runs once at each start of scheduling-api; there are at most a hundred endpoints.
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#persistence';
import { secretsOf, type TokenSecrets } from '#tokens';
import { isSealedByPrevious, openSecret, sealSecret } from '#webhooks';
import { LOGGER, type SchedulingApiSettings, SETTINGS } from '../settings';

interface Row {
  id: string;
  secret: string;
  previous_secret: string | null;
}

@Injectable()
export class SecretsResealer implements OnApplicationBootstrap {
  private readonly secrets: TokenSecrets;

  constructor(
    private readonly db: Database,
    @Inject(SETTINGS) settings: SchedulingApiSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.secrets = secretsOf(settings);
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      const rows = await this.db.query<Row>('select id, secret, previous_secret from webhook_endpoints');
      for (const row of rows) await this.reseal(row);
    } catch (error) {
      this.logger.warn({ err: error }, 'secrets of webhooks not sealed anew');
    }
  }

  private async reseal({ id, secret, previous_secret }: Row): Promise<void> {
    const anew = (sealed: string): string =>
      isSealedByPrevious(this.secrets, sealed)
        ? sealSecret(this.secrets, id, openSecret(this.secrets, id, sealed))
        : sealed;
    try {
      const [now, before] = [anew(secret), previous_secret === null ? null : anew(previous_secret)];
      if (now === secret && before === previous_secret) return;
      await this.db.query(
        'update webhook_endpoints set secret = $2, previous_secret = $3 where id = $1 and secret = $4',
        [id, now, before, secret],
      );
    } catch (error) {
      this.logger.error({ err: error, endpointId: id }, 'the secret of a webhook endpoint cannot be opened: rotate it');
    }
  }
}
