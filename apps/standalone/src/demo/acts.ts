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

const Person = z.strictObject({ name: z.string().trim().min(1).max(100), timeZone: z.string().max(64) });

export const Booking = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  host: Person.default({ name: 'Hana', timeZone: 'Europe/Berlin' }),
  guest: Person.default({ name: 'Gil', timeZone: 'America/New_York' }),
  policy: z.enum(['strict', 'soft']).optional(),
});
export type Booking = z.infer<typeof Booking>;
