export { bareAddress, mailtoUri, withAsciiDomain } from './address';
export * from './calendar-message';
export { buildDeclineCounter } from './decline-counter';
export { buildInvite } from './invite';
export { readCalendar } from './read';
export { windowsZone } from './windows-zones';
