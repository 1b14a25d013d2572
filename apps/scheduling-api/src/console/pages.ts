// The pages of the console in the order of its navigation. A page stands here once it answers.
// Read by layout.ts; the first one is where a login leads.

export interface ConsolePage {
  path: string;
  label: string;
}

export const pages: [ConsolePage, ...ConsolePage[]] = [
  { path: '/console/overview', label: 'Overview' },
  { path: '/console/rooms', label: 'Rooms' },
  { path: '/console/letters', label: 'Letters' },
  { path: '/console/mail', label: 'Mail' },
  { path: '/console/dead-letters', label: 'Dead letters' },
  { path: '/console/webhooks', label: 'Webhooks' },
  { path: '/console/health', label: 'Health' },
];
