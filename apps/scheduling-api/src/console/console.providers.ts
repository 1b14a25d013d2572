// The operator's console: which routes and providers it adds to scheduling-api, and where it is on (contract, section
// 7.5). Called by app.module.ts.
//
// How a page is added:
// 1. `<name>.page.ts`: a function from what is shown to a `ShownView`, of `parts.ts` and `html`. `section` is its path
//    in the navigation. On a page that follows changes (`live: true`) what may change stands in a `liveRegion`.
// 2. `<name>.controller.ts`: `@Controller('console/<name>')`, in `consoleControllers` below. A GET is
//    `frame.page(request, reply, async (session) => view)`: the frame asks for the login, shows a fault as a page,
//    writes `view.audit` into the audit where people's data are shown, and calls the same function again for each
//    update of the stream. A list is read by `pageOf` (keyset.ts), filters in SQL; a spec counts the rows it looks at.
// 3. A POST is `frame.act(request, reply, async (session, fields) => '/path/to/go/on')`; its form contains
//    `formTokenField(session)` and stands on a page that says what it does before it is pressed. What it changes goes
//    through the commands of the API with `source: 'console'` and `actor: session.actor`; `frame.note` writes a line in
//    the audit for what has no command.
// 4. Its line in `pages.ts`, once it answers.
import type { Provider, Type } from '@nestjs/common';
import type { SchedulingApiSettings } from '../settings';
import { ConsoleFrame } from './frame';
import { LoginController } from './login.controller';
import { MessagesController } from './messages.controller';
import { RoomActs } from './room-acts';
import { ConsoleRoomController } from './room.controller';
import { ConsoleRoomsController } from './rooms.controller';
import { ConsoleSessions } from './sessions';
import { StoredMessages } from './stored-messages';

export const consoleControllers: Type[] = [
  LoginController,
  ConsoleRoomsController,
  ConsoleRoomController,
  MessagesController,
];

/** Whether anybody could log in at all. */
export const consoleIsOn = ({ OPERATOR_KEYS, AUTH_JWT_ISSUER }: SchedulingApiSettings): boolean =>
  OPERATOR_KEYS !== undefined || AUTH_JWT_ISSUER !== undefined;

export const consoleProviders: Provider[] = [ConsoleSessions, StoredMessages, ConsoleFrame, RoomActs];
