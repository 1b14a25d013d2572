export * from './examine';
export type * from './finding';
export { checkMailDns, type MailResolver, type RecordFinding, systemResolver } from './mail-dns';
export { setupSettings } from './setup-checks';
export { clusterNotes, weakSetup } from './weak-setup';
