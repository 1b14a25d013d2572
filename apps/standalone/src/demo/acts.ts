// What can be asked of the demo: to book a room, and to act in it as host or guest.
// Read by demo.controller.ts; `npm run sim` sends the same.
import { z } from 'zod';
import { Role } from '#contracts';
import { clients } from '../simulator/reply-as';

export const actKinds = [
  'accept',
  'tentative',
  'decline',
  'counter',
  'text',
  'bounce',
  'out-of-office',
  'scanner',
] as const;

export const Act = z.strictObject({
  role: Role,
  kind: z.enum(actKinds),
  client: z.enum(clients).default('google'),
  /** The mail acted upon; without it the newest that fits. */
  mailId: z.string().max(100).optional(),
  /** For a counter: see when.ts. */
  at: z.string().max(40).optional(),
  /** For a text. */
  text: z.string().min(1).max(2_000).optional(),
});
export type Act = z.infer<typeof Act>;

const Person = z.strictObject({
  name: z.string().trim().min(1).max(100),
  timeZone: z.string().max(64),
  /** BCP 47; the language of letters and pages. */
  locale: z.string().max(35).optional(),
});

export const Booking = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  host: Person.default({ name: 'Hana', timeZone: 'Europe/Berlin' }),
  guest: Person.default({ name: 'Gil', timeZone: 'America/New_York' }),
  policy: z.enum(['strict', 'soft']).optional(),
  /** Start, on the host's clock: see when.ts. In three days at three o'clock UTC where it is left out. */
  at: z.string().max(40).optional(),
  minutes: z.number().int().min(5).max(1_440).default(60),
});
export type Booking = z.infer<typeof Booking>;
