// The shapes of an operator's calls about a person.
// Read by people.controller.ts and by the API's description.
import { z } from 'zod';
import { Email } from '../rooms/requests';

export const ExportRequest = z.strictObject({ email: Email });
export const EraseRequest = z.strictObject({
  email: Email,
  dryRun: z.boolean().optional().meta({ description: 'Changes nothing and says what would be done.' }),
});
