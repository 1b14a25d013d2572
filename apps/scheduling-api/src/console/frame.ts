// What every route of the console shares: the login, forms bound to the session, faults as pages, views in the audit,
// and the stream of a live page.
// Called by the controllers of the console's pages, and by them alone.
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { appendAudit, type AuditEntry, Database } from '#persistence';
import { currentCorrelation, Live, Problem, problemOf } from '#service';
import { html } from '../links/html';
import { type Fields, fieldsOf, text } from '../links/link-access';
import { app } from '../rooms/rooms.store';
import { type SchedulingApiSettings, SETTINGS } from '../settings';
import { consoleHeaders, consolePage, type ConsoleView } from './layout';
import { faultPage, loginPage } from './login.page';
import { ConsoleSessions, same, type Session } from './sessions';

/** A page, and the line of the audit where it shows people's data. */
export interface ShownView extends ConsoleView {
  status?: number;
  /** `verdict` of the line in the audit, and the room that was viewed; never the words of a search. */
  audit?: { verdict: string; roomId?: string };
}

/** Streams of one process: each polls the database every two seconds. */
const mostStreams = 100;
const pollEveryMs = 2_000;

@Injectable()
export class ConsoleFrame implements OnModuleDestroy {
  private readonly logger = new Logger('console');
  private readonly live = new Live(pollEveryMs);

  constructor(
    readonly sessions: ConsoleSessions,
    private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: Pick<SchedulingApiSettings, 'PUBLIC_URL'>,
  ) {}

  onModuleDestroy(): void {
    this.live.close();
  }

  /** Responds to a GET with a page, or with its stream where the script of the page asks for that. */
  async page(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (session: Session) => Promise<ShownView>,
  ): Promise<void> {
    await this.guarded(request, reply, async (session) => {
      if (request.headers.accept === 'text/event-stream') return this.stream(request, reply, work);
      const view = await work(session);
      if (view.audit) await this.note(session, { roomId: view.audit.roomId ?? null, verdict: view.audit.verdict });
      await sendPage(reply, view.status ?? 200, consolePage(view, session));
    });
  }

  /** Responds to a GET with something else than a page, such as the HTML of a mail; `send` writes it. */
  async file(request: FastifyRequest, reply: FastifyReply, send: (session: Session) => Promise<void>): Promise<void> {
    await this.guarded(request, reply, send);
  }

  /**
   * Responds to a POST of a form of the console. `work` carries out the act. It returns the path to redirect to, or the
   * page with the form once more.
   */
  async act(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (session: Session, fields: Fields) => Promise<string | ShownView>,
  ): Promise<void> {
    await this.guarded(request, reply, async (session) => {
      const fields = fieldsOf(request.body);
      if (!same(text(fields['formToken']) ?? '', session.formToken))
        throw new Problem(403, 'form-of-another-session', 'This form is not one of your session. Load the page again.');
      const done = await work(session, fields);
      if (typeof done === 'string') await reply.status(303).header('location', done).send();
      else await sendPage(reply, done.status ?? 200, consolePage(done, session));
    });
  }

  /** A line in the audit under the operator's name. */
  note(session: Session, entry: Pick<AuditEntry, 'roomId' | 'verdict'> & Partial<AuditEntry>): Promise<void> {
    const by = { kind: 'call', source: 'console', actor: session.actor, correlationId: currentCorrelation() } as const;
    return this.db.transaction((tx) => Promise.resolve(appendAudit(tx, app, [{ ...by, ...entry }])));
  }

  /** Runs a request that needs no login; a fault is shown as a page. */
  async open(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    try {
      this.mustBeSafe(request);
      await work();
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error(error);
      await sendPage(reply.headers(problem.headers), problem.status, faultPage('That did not work', problem.detail));
    }
  }

  private async guarded(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (session: Session) => Promise<void>,
  ): Promise<void> {
    await this.open(request, reply, async () => {
      const session = await this.sessions.find(request.headers.cookie);
      if (session === null) {
        const page = loginPage({ next: request.method === 'GET' ? request.url : '/console' });
        return sendPage(reply, request.routeOptions.url === '/console' ? 200 : 401, page);
      }
      try {
        await work(session);
      } catch (error) {
        const problem = problemOf(error);
        if (problem.status >= 500) this.logger.error(error);
        const content = html`<p>${problem.detail}</p>`;
        const page = consolePage({ title: 'That did not work', content }, session);
        await sendPage(reply.headers(problem.headers), problem.status, page);
      }
    });
  }

  /** Ends when the session ends, also where another process ended it. */
  private stream(request: FastifyRequest, reply: FastifyReply, work: (session: Session) => Promise<ShownView>): void {
    if (this.live.open >= mostStreams)
      throw new Problem(503, 'too-busy', 'Too many live pages are open at the moment. Try again.', {
        headers: { 'retry-after': '5' },
      });
    this.live.start(reply, async () => {
      const session = await this.sessions.find(request.headers.cookie);
      return session === null ? null : (await work(session)).content.text;
    });
  }

  /** Refuses plain http from other hosts than loopback, and requests that another site sent. */
  private mustBeSafe({ method, headers }: FastifyRequest): void {
    const name = /^(\[[\da-f:.]+\]|[^:]+)/i.exec(headers.host ?? '')?.[1]?.toLowerCase() ?? '';
    if (!this.settings.PUBLIC_URL.startsWith('https:') && !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(name))
      throw new Problem(403, 'https-needed', 'The console needs https: PUBLIC_URL must begin with it.');
    const site = headers['sec-fetch-site'];
    if (method === 'POST' && site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new Problem(403, 'cross-site', 'Another site sent this request; nothing was changed.');
  }
}

export async function sendPage(reply: FastifyReply, status: number, page: string): Promise<void> {
  await reply.status(status).headers(consoleHeaders).send(page);
}
