// The settings that the doctor looks at though scheduling-api itself does not need them: where they are set for it too,
// the console's Health page checks the relay and the certificates.
// Merged into the shape of scheduling-api's own process; other apps check the values.
import { z } from 'zod';

export const setupSettings = {
  SMTP_URL: z.string().optional(),
  RABBITMQ_URL: z.string().optional(),
  RABBITMQ_MANAGEMENT_URL: z.string().optional(),
  IMAP_URL: z.string().optional(),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  INBOUND_TRUST: z.string().optional(),
  AUTHSERV_ID: z.string().optional(),
};
