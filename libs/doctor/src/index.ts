export * from './examine';
export type * from './finding';
export { checkMailDns, type MailResolver, type RecordFinding, systemResolver } from './mail-dns';
export { weakSetup } from './weak-setup';
