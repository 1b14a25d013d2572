// The made-up internet: how its servers respond to a letter of ours, and what the product must make of the report.
// Used by internet.ts, which runs the servers, and by senders.ts, which judges the reports.

/** `hard`: the address does not exist; `soft`: refused, but the address may be; `late`: refused for now, until it is given up. */
export type Outcome = 'hard' | 'soft' | 'late' | 'taken';

export interface Scenario {
  address: string;
  outcome: Outcome;
  /** Stands in the report, so that it is this refusal that was reported. */
  reason?: string;
  /** What the server says, at RCPT or after DATA; absent where the domain itself cannot be reached. */
  answer?: { at: 'RCPT' | 'DATA'; lines: string };
}

/** Server addresses: each domain's MX is `mx.` before it. Reports to our own address come back to organizer.test. */
export const hosts: Record<string, string> = {
  'dest.example': '127.0.0.2',
  'noaccept.example': '127.0.0.3',
  'busy.example': '127.0.0.4',
  'small.example': '127.0.0.5',
  'dropping.example': '127.0.0.6',
  'badsender.example': '127.0.0.7',
  'bann.example': '127.0.0.8',
  'organizer.test': '127.0.0.9',
  'postfix.example': '127.0.0.20',
  'exim.example': '127.0.0.21',
  'screen.example': '127.0.0.22',
  'refusing.example': '127.0.0.66',
  'mx.sender.example': '127.0.0.1',
};

/** Addresses where a real program is the server: refusing-programs.ts. */
export const realServers = ['postfix.example', 'exim.example', 'screen.example'].map((name) => hosts[name]);

const rcpt = (local: string, outcome: Outcome, lines: string): Scenario => ({
  address: `${local}@dest.example`,
  outcome,
  answer: { at: 'RCPT', lines },
});
const data = (local: string, outcome: Outcome, lines: string): Scenario => ({
  address: `${local}@dest.example`,
  outcome,
  answer: { at: 'DATA', lines },
});
const domain = (name: string, outcome: Outcome): Scenario => ({ address: `guest@${name}.example`, outcome });

/** `{r}` is the recipient, `{s}` the envelope sender. */
export const scenarios: Scenario[] = [
  rcpt('nouser', 'hard', '550 5.1.1 <{r}>: Recipient address rejected: User unknown in local recipient table'),
  rcpt('unrouteable', 'hard', '550 Unrouteable address'),
  rcpt('sverify', 'soft', '550-Verification failed for <{s}>\n550-No Such User Here\n550 Sender verify failed'),
  rcpt('courier', 'hard', '550 User unknown.'),
  rcpt('invalid', 'hard', '550 Invalid recipient: <{r}>'),
  rcpt('sunknown', 'hard', '550 5.1.1 <{r}>... User unknown'),
  rcpt('full', 'soft', '552 5.2.2 <{r}>: Quota exceeded (mailbox for user is full)'),
  rcpt('full-now', 'late', '452 4.2.2 <{r}> Quota exceeded (mailbox for user is full)'),
  rcpt('storage', 'soft', '552 Requested mail action aborted: exceeded storage allocation'),
  rcpt('moved', 'hard', '551 5.1.6 User not local; please try <new@other.example>'),
  rcpt('policy', 'soft', '554 5.7.1 <{r}>: Recipient address rejected: Access denied'),
  rcpt('relay', 'soft', '554 5.7.1 <{r}>: Relay access denied'),
  rcpt('spf', 'soft', '550 5.7.23 <{r}>: Recipient address rejected: Message rejected due to: SPF fail'),
  rcpt('grey', 'late', '450 4.2.0 <{r}>: Recipient address rejected: Greylisted, come back in 300 seconds'),
  rcpt('plain550', 'hard', '550 Requested action not taken: mailbox unavailable'),
  rcpt(
    'cyrus',
    'hard',
    '550-Mailbox unknown.  Either there is no mailbox associated with this\n550 5.1.1 User unknown',
  ),
  rcpt('blocked', 'soft', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example'),
  rcpt('noaccount', 'hard', "554 delivery error: dd This user doesn't have an account here"),
  rcpt('syntax', 'hard', '553 5.1.3 <{r}>: Recipient address rejected: Bad recipient address syntax'),
  rcpt('lookup', 'late', '451 4.3.0 <{r}>: Temporary lookup failure'),
  data('spam', 'soft', '554 5.7.1 Message rejected as spam by Content Filtering.'),
  data('size', 'soft', '552 5.3.4 Message size exceeds fixed limit'),
  data('banned', 'soft', '554 5.7.0 Reject, id=12345-01 - BANNED: .ics'),
  data('dmarc', 'soft', '550 5.7.1 rejected by DMARC policy for organizer.test'),
  data('late511', 'hard', "550 5.1.1 <{r}> User doesn't exist: {r}"),
  data('latefull', 'soft', '552 5.2.2 <{r}> Quota exceeded (mailbox for user is full)'),
  data('later', 'late', '451 4.7.1 Try again later'),
  data('noreason', 'soft', '554 Transaction failed'),
  domain('nohost', 'hard'),
  domain('nullmx', 'hard'),
  domain('nodata', 'hard'),
  domain('badmx', 'hard'),
  domain('noaccept', 'hard'),
  domain('busy', 'late'),
  domain('dropping', 'late'),
  domain('refusing', 'late'),
  domain('small', 'soft'),
  domain('badsender', 'soft'),
  domain('bann', 'soft'),
  { address: 'nosuchperson@mx.sender.example', outcome: 'hard' },
  { address: 'ok@dest.example', outcome: 'taken' },
];
