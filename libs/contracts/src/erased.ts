// The address that replaces a person's once their data is erased (contract, section 7.6).
// Written by the apps' erasures; checked wherever a letter or a mail could still be theirs. `.invalid`: RFC 2606 2.

const domain = '@erased.invalid';

/** The address of an erased invitation; the same each time, so that an erasure can be repeated. */
export const erasedAddress = (invitationId: string): string => `erased-${invitationId}${domain}`;

/** Whether an address stands for somebody whose data was erased: nothing is mailed to it or believed from it. */
export const isErased = (email: string): boolean => email.endsWith(domain);

/** SQL: `isErased` of a column. */
export const isErasedSql = (column: string): string => `${column} like '%${domain}'`;

/** SQL: `erasedAddress` of a column that holds the id of an invitation. */
export const erasedAddressSql = (invitationId: string): string => `'erased-' || ${invitationId} || '${domain}'`;

/** The person of an erasure; stored only until it is done. */
export interface ErasedPerson {
  /** Every spelling in which the address is kept. */
  addresses: string[];
  names: string[];
}
