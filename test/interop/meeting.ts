// A room of the product that a user at a real program is invited to.
// Used by walk.ts and steps.ts.
import { randomUUID } from 'node:crypto';
import { propertyIn } from '../support/answer-mail';
import { eventually } from '../support/eventually';
import type { Product } from '../support/product';
import type { ApiBody } from '../support/scheduling-api';
import type { Lab, Setup } from './lab';

/** As a platform gives them: what iCalendar and mail headers must quote, and letters of more than one script. */
export const title = 'Übungsstunde; "Deutsch", שלום';
export const guestName = 'Gil "Gi" Müller; שלום';
const hostName = 'Hana "Ha" Öztürk; שלום';
/** The days and hours of meetings, UTC. */
export const at = (day: number, hour: number): Date => new Date(Date.UTC(2031, 4, day, hour));

/** Booked, and seen by what the API and the letters say. */
export class Meeting {
  private patienceMs = 30_000;

  private constructor(
    readonly product: Product,
    readonly room: ApiBody,
    readonly host: string,
    readonly guest: string,
  ) {}

  /** The host is a person of the simulator unless one is given. */
  static async book(
    lab: Lab,
    guestEmail: string,
    setup: Setup,
    { email = `hana-${randomUUID().slice(0, 8)}@hosts.test` } = {},
  ): Promise<Meeting> {
    const product = await lab.product(setup);
    const host = { email, name: hostName, timeZone: 'Europe/Berlin' };
    const guest = { email: guestEmail, name: guestName, timeZone: 'America/New_York' };
    const body = { title, startUtc: at(5, 10).toISOString(), endUtc: at(5, 11).toISOString(), host, guest };
    const created = await product.api('POST', '/api/practice-room/create', body);
    if (created.status !== 201) throw new Error(`create answered ${created.status} ${JSON.stringify(created.body)}`);
    return new Meeting(product, created.body, host.email, guestEmail);
  }

  /** The calendar letter with this method and sequence. */
  async letter(method: string, sequence: number, to = this.guest): Promise<Buffer> {
    const fits = ({ raw }: { raw: Buffer }): boolean =>
      propertyIn(raw, 'UID') === this.room.uid &&
      propertyIn(raw, 'METHOD') === method &&
      Number(propertyIn(raw, 'SEQUENCE')) === sequence;
    const what = `${method} ${sequence} to ${to}`;
    const timeoutMs = 2 * this.patienceMs;
    return (await eventually(what, () => this.product.mailsTo(to).find(fits), { timeoutMs })).raw;
  }

  now(): Promise<ApiBody> {
    return this.product.room(this.room.roomId);
  }

  async partstat(of: 'host' | 'guest' = 'guest'): Promise<string> {
    const { invitations } = await this.now();
    return invitations.find(({ role }) => role === of)?.partstat ?? 'no invitation';
  }

  /** Submits what a client sent, as its mail server would; resolves with the ids of the stored mails. */
  async deliver(mails: Buffer[], from: string): Promise<string[]> {
    const ids: string[] = [];
    for (const raw of mails) ids.push(await this.product.deliver(raw, from));
    return ids;
  }

  /**
   * Waits for the room to get there; resolves with what it was in the end, wrong or right. After a first wrong one it waits
   * less, so that the checks of a program that answers wrongly come before its time is over.
   */
  async becomes(wanted: string, probe: () => Promise<string>): Promise<string> {
    const [timeoutMs, everyMs] = [this.patienceMs, 100];
    const reached = eventually(wanted, async () => (await probe()) === wanted, { timeoutMs, everyMs });
    await reached.catch(() => (this.patienceMs = 5_000));
    return probe();
  }
}
