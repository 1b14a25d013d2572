// The operations of mailed links: pages, their forms, and the same as JSON.
// Read by operations.ts.
import { z } from 'zod';
import { AnswerRequest } from '../links/answer-request';
import { ProposeRequest } from '../links/propose-request';
import { ConfirmedResponse, DecidedResponse, AnswerResponse, ProposedResponse } from './response-schemas';
import { type Operation, sample } from './operation';

const tokenBody = z.strictObject({ token: z.string() });
const linkQuery = (name: 'r' | 't' | 'a'): z.ZodObject =>
  z.object({ [name]: z.string().meta({ description: 'The token of the mailed link.' }) });

const page = { status: 200, what: 'A page. It works without JavaScript.', schema: z.string() };
const decided = { status: 200, what: 'The proposal as it is now.', schema: DecidedResponse };
const lookDescription =
  'A person’s page load records the decision, to take effect after the hold; HEAD, prefetch and every other ' +
  'client get the page with a button and change nothing.';

const common = { tag: 'Links', opens: 'link' } as const;

const decisions: Operation[] = [
  {
    ...common,
    method: 'get',
    path: '/reschedule',
    id: 'openReschedule',
    query: linkQuery('r'),
    summary: 'The form to propose a new time',
    example: { r: sample.proposeToken },
    response: page,
    problems: [404, 409, 410],
  },
  {
    ...common,
    method: 'post',
    path: '/api/reschedule/propose',
    id: 'propose',
    body: ProposeRequest,
    form: true,
    summary: 'Propose a new time',
    description:
      'The other party is asked by mail. The form of the page comes here too. Through the link "Suggest another time" ' +
      'of an approval mail, the proposal that the mail is about is declined with it, while it is pending.',
    example: {
      token: sample.proposeToken,
      proposedStartUtc: '2031-05-07T14:00:00Z',
      proposedEndUtc: '2031-05-07T15:00:00Z',
      note: 'A day later?',
    },
    response: { status: 201, what: 'The proposal.', schema: ProposedResponse },
    problems: [403, 404, 409, 410, 413, 422],
  },
  {
    ...common,
    method: 'get',
    path: '/approve',
    id: 'openApprove',
    query: linkQuery('t'),
    summary: 'The approve link of a mail',
    description: lookDescription,
    example: { t: sample.decideToken },
    response: page,
    problems: [404, 409, 410],
  },
  {
    ...common,
    method: 'get',
    path: '/decline',
    id: 'openDecline',
    query: linkQuery('t'),
    summary: 'The decline link of a mail',
    description: lookDescription,
    response: page,
    problems: [404, 409, 410],
  },
  {
    ...common,
    method: 'post',
    path: '/approve',
    id: 'approve',
    body: tokenBody,
    form: true,
    summary: 'Approve at once',
    example: { token: sample.decideToken },
    response: decided,
    problems: [403, 404, 409, 410],
  },
  {
    ...common,
    method: 'post',
    path: '/decline',
    id: 'decline',
    body: tokenBody,
    form: true,
    summary: 'Decline at once',
    response: decided,
    problems: [403, 404, 409, 410],
  },
  {
    ...common,
    method: 'post',
    path: '/undo',
    id: 'undo',
    body: tokenBody,
    form: true,
    summary: 'Take back a decision that has not taken effect',
    response: decided,
    problems: [403, 404, 409, 410],
  },
];

const confirmations: Operation[] = [
  {
    ...common,
    method: 'get',
    path: '/confirm',
    id: 'openConfirm',
    query: linkQuery('t'),
    summary: 'The page that asks whether an answer is the reader’s own',
    description:
      'For an answer by mail that was not believed, and for a yes, no or maybe in words. A GET never decides anything.',
    example: { t: sample.confirmToken },
    response: page,
    problems: [404, 409, 410],
  },
  {
    ...common,
    method: 'post',
    path: '/confirm',
    id: 'confirm',
    body: z.strictObject({ token: z.string(), answer: z.enum(['yes', 'no']).optional() }),
    form: true,
    summary: 'Confirm the answer, or set it aside with `"answer": "no"`',
    example: { token: sample.confirmToken },
    response: { status: 200, what: 'What became of the answer.', schema: ConfirmedResponse },
    problems: [403, 404, 409, 410],
  },
];

const answers: Operation[] = [
  {
    ...common,
    method: 'get',
    path: '/answer',
    id: 'openAnswer',
    query: linkQuery('a'),
    summary: 'The page to accept, say maybe, decline or ask for another time',
    description: 'For mail programs without calendar buttons. A GET never answers. It works until the meeting starts.',
    example: { a: sample.answerToken },
    response: page,
    problems: [404, 409, 410],
  },
  {
    ...common,
    method: 'post',
    path: '/answer',
    id: 'answer',
    body: AnswerRequest,
    form: true,
    summary: 'Accept, say maybe or decline',
    description: 'Counts like a reply of the calendar program. The link may be used again; the latest answer holds.',
    example: { token: sample.answerToken, partstat: 'accepted' },
    response: { status: 200, what: 'The answer as it stands, and the state of the room.', schema: AnswerResponse },
    problems: [403, 404, 409, 410, 422],
  },
  {
    ...common,
    method: 'get',
    path: '/calendar',
    id: 'readCalendar',
    query: linkQuery('a'),
    summary: 'The invitation as a calendar file',
    description: 'The current REQUEST of the attendee, with the token of their answer link.',
    example: { a: sample.answerToken },
    response: {
      status: 200,
      what: 'An iCalendar file.',
      schema: z.string().meta({ contentMediaType: 'text/calendar' }),
    },
    problems: [404, 409, 410],
  },
];

export const links: Operation[] = [...decisions, ...confirmations, ...answers];
