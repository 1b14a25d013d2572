// What the codes of a relay that cannot be used mean, in words.
// Used by the checks of the relay and of the letters that wait for it.

const words = new Map([
  ['ECONNECTION', 'the relay cannot be reached'],
  ['ECONNREFUSED', 'nothing responds at the address of the relay'],
  ['ESOCKET', 'the connection to the relay fails'],
  ['ETIMEDOUT', 'the relay does not answer in time'],
  ['EDNS', 'the host name of the relay cannot be resolved'],
  ['EPROTOCOL', 'what answers at the address of the relay does not speak SMTP'],
  ['ETLS', 'the connection to the relay cannot be encrypted'],
  ['EREQUIRETLS', 'the relay does not offer the encryption that a letter demands'],
  ['EAUTH', 'the relay refuses the user or password'],
]);

/** A clause about the relay, for a code of the ledger: `the relay refuses the user or password (535)`. */
export const relayTroubleIn = (code: string): string =>
  `${words.get(/^53\d$/.test(code) ? 'EAUTH' : code) ?? 'the relay cannot be used'} (${code})`;
