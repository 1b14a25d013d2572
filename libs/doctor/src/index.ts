export * from './examine';
export type * from './finding';
export { checkMailDns, type MailResolver, type RecordFinding, systemResolver } from './mail-dns';
export { setupSettings } from './settings';
export { clusterNotes, weakSetup } from './weak-setup';
