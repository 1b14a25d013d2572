// The values of the database's enums, in its order; a value is only ever added at the end.
// Used by the entities.
export const attendeeRole = ['host', 'guest'] as const;
export const linkPurpose = ['propose', 'approve', 'decline', 'confirm', 'answer'] as const;
export const partstat = ['needs-action', 'accepted', 'declined', 'tentative'] as const;
export const proposalStatus = ['pending', 'approved', 'declined', 'expired'] as const;
export const roomStatus = ['scheduled', 'cancelled'] as const;
export const sentMethod = ['request', 'cancel'] as const;
