// An operator's calls about a person's data, for the API's description.
// Part of the table in operations.ts.
import { z } from 'zod';
import { Instant, Role } from '#contracts';
import { EraseRequest, ExportRequest } from '../people/person';
import { TimelineResponse } from './response-schemas';
import { type Operation, sample } from './operation';

const mail = z.looseObject({
  mailId: z.uuid(),
  receivedAt: Instant,
  raw: z
    .string()
    .nullable()
    .meta({ description: 'The bytes of the mail in base64; null where they are kept no more.' }),
});

export const ExportResponse = z.strictObject({
  email: z.string(),
  addresses: z.array(z.string()),
  exportedAt: Instant,
  rooms: z.array(
    z.looseObject({
      roomId: z.uuid(),
      role: Role,
      invitation: z.looseObject({ invitationId: z.uuid(), email: z.string() }),
      proposals: z.array(z.looseObject({ proposalId: z.uuid() })),
      notes: z.array(z.looseObject({ note: z.string() })),
      links: z.array(z.looseObject({ purpose: z.string() })),
      letters: z.array(
        z.looseObject({
          letterId: z.uuid(),
          raw: z.string().nullable().meta({
            description: 'The bytes of the letter in base64; null where it has none, or they can be made no more.',
          }),
        }),
      ),
      mails: z.array(mail),
      timeline: TimelineResponse.shape.items,
    }),
  ),
  otherMails: z.array(mail).meta({ description: 'Mails from the person about no room of theirs.' }),
});

export const EraseResponse = z.strictObject({
  erasureId: z.uuid(),
  rooms: z.number().int().nonnegative().meta({ description: 'Rooms of which the person is or was a party.' }),
});

const common = { tag: 'People', opens: 'key' } as const;

export const people: Operation[] = [
  {
    ...common,
    method: 'post',
    path: '/api/people/export',
    id: 'exportPerson',
    body: ExportRequest,
    summary: 'All data stored about a person, as one document',
    description: 'Scope `operator`. Nothing in it is about the other party. An export is not stored.',
    example: { email: sample.guest },
    response: { status: 200, what: 'The document.', schema: ExportResponse },
    problems: [413, 422],
  },
  {
    ...common,
    method: 'get',
    path: '/api/people/export',
    id: 'exportPersonByQuery',
    query: ExportRequest,
    summary: 'The same, with the address in the query',
    description: 'An address in a URL may stand in the logs of a proxy: the POST keeps it out of them.',
    example: { email: sample.guest },
    response: { status: 200, what: 'The document.', schema: ExportResponse },
    problems: [422],
  },
  {
    ...common,
    method: 'post',
    path: '/api/people/erase',
    id: 'erasePerson',
    body: EraseRequest,
    summary: 'Erase a person’s data',
    description:
      'Scope `operator`. Their scheduled rooms that are not over are cancelled, which mails both parties; then ' +
      'address, name, texts and mails go. `dryRun` is 200 and says what would be done. The event `PersonErased` ' +
      'is published at the end.',
    example: { email: 'leaving@example.org' },
    response: { status: 202, what: 'The erasure has begun.', schema: EraseResponse },
    problems: [413, 422],
  },
];
