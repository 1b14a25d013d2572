// The pages of the console in the order of its navigation. A page stands here once it answers.
// Read by layout.ts; the first one is where a login leads.

export interface ConsolePage {
  path: string;
  label: string;
}

export const pages: [ConsolePage, ...ConsolePage[]] = [{ path: '/console/rooms', label: 'Rooms' }];
