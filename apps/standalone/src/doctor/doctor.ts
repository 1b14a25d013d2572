// `npm run doctor`: checks what should agree and reports what does not. One entry a subcommand.
// Called by bin/doctor.mjs with the words after `--` and the environment.
import { checkMailDns, clusterNotes, type MailResolver, type RecordFinding, systemResolver, weakSetup } from '#doctor';
import type { ReportProgress } from '../progress';
import { consistency, type DoctorResult } from './consistency';

export interface DoctorCall {
  args: string[];
  env: Record<string, string | undefined>;
  /** The resolver; default: the system's name servers. */
  resolver?: MailResolver;
  /** Called with the progress. */
  tell?: ReportProgress;
}

const subcommands: Record<string, (visit: DoctorCall) => Promise<DoctorResult>> = { '--dns': dns };

const usage = [
  'npm run doctor [-- --repair] [--grace SECONDS]',
  '  compares rooms, ledger, outbox and queues with each other; looks at what waits, at the relay, webhooks, certificates,',
  '  the DKIM key and retention; what is younger than the grace (60 s) may still be on its way',
  'npm run doctor -- --dns DOMAIN [--selector NAME]',
  "  which SPF, DKIM, DMARC and MX records of the mailbox's domain are missing; the selector is DKIM_SELECTOR unless given",
].join('\n');

export async function doctor(visit: DoctorCall): Promise<DoctorResult> {
  const work = subcommands[visit.args[0] ?? ''];
  if (work) return work(visit);
  const diagnosis = await consistency(visit.args, visit.env, visit);
  if (!diagnosis) return { code: 2, text: usage };
  return {
    ...diagnosis,
    warnings: [...(diagnosis.warnings ?? []), ...weakSetup(visit.env), ...clusterNotes(visit.env)],
  };
}

/** A host name in letters, digits and hyphens; others are given in their IDNA form. */
const domainName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

async function dns({ args, env, resolver = systemResolver() }: DoctorCall): Promise<DoctorResult> {
  const [, domain = '', option, given] = args;
  if (!domainName.test(domain) || (option !== undefined && (option !== '--selector' || given === undefined)))
    return { code: 2, text: usage };
  const findings = await checkMailDns(
    domain.toLowerCase(),
    { selector: given ?? (env['DKIM_SELECTOR'] || undefined), privateKey: env['DKIM_PRIVATE_KEY'] || undefined },
    resolver,
  );
  return { code: codeFor(findings), text: [domain, ...findings.flatMap(lines)].join('\n') };
}

function codeFor(findings: RecordFinding[]): 0 | 1 | 2 {
  if (findings.some(({ state }) => state === 'missing' || state === 'broken')) return 1;
  return findings.some(({ state }) => state === 'unknown') ? 2 : 0;
}

const lines = ({ record, state, says, advice }: RecordFinding): string[] => [
  `  ${record.padEnd(6)}${state.padEnd(9)}${says}`,
  ...(advice === null ? [] : [`  ${' '.repeat(15)}${advice}`]),
];
