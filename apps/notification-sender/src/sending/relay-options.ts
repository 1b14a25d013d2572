// The options in a URL of SMTP_URL: the sender's own, and nodemailer's for a connection. One that is misspelt would
// have no effect.
// Called by the settings; pure.

/** nodemailer's may be others too: those are left to it. */
const known = [
  ...['share', 'maxMessages', 'maxConnections', 'insecure', 'authMethod', 'secure', 'ignoreTLS', 'requireTLS'],
  ...['opportunisticTLS', 'name', 'localAddress', 'servername', 'lmtp', 'dnsTimeout', 'maxResponseSize'],
  ...['allowInternalNetworkInterfaces', 'tls.rejectUnauthorized', 'tls.servername', 'tls.minVersion'],
  ...['tls.maxVersion', 'tls.ciphers', 'tls.ca', 'tls.cert', 'tls.key'],
];

/**
 * What is wrong with the names of a URL's options: one that differs from a known one only in case, or one that is
 * there twice; undefined where nothing is. Names only what is known.
 */
export function optionFault(url: string): string | undefined {
  const names = [...new URL(url).searchParams.keys()];
  for (const [at, name] of names.entries()) {
    const right = known.find((each) => each.toLowerCase() === name.toLowerCase());
    if (right !== undefined && right !== name) return `has an option ${name}: it is written ${right}`;
    if (names.indexOf(name) !== at)
      return right === undefined ? 'has an option more than once' : `has the option ${right} more than once`;
  }
  return undefined;
}
