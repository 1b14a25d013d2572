// The PRD's IMipIngestor (6.1): the injectable at the door of the pure functions, raw bytes in, meaning and judgement out.
// Called by the reader; holds the one trust configuration of the app.
import { Inject, Injectable } from '@nestjs/common';
import { interpret } from './interpret';
import { type Judgement, judge, type Known, type Trust } from './judge';
import { type EnvelopeSender, type MailHead, readMail } from './mail';
import type { Reading } from './reading';
import { type Traces, tracesOf } from './traces';

export const TRUST = Symbol('whom to believe');

/** What reading a mail gives; plain data, so that the reading can move to a worker. */
export interface ReadMail {
  head: MailHead;
  reading: Reading;
  traces: Traces;
}

@Injectable()
export class IMipIngestor {
  constructor(@Inject(TRUST) readonly trust: Trust) {}

  read(raw: Buffer, envelopeFrom: EnvelopeSender): ReadMail {
    const mail = readMail(raw, envelopeFrom);
    const { headers: _headers, root: _root, parts: _parts, faults: _faults, ...head } = mail;
    return { head, reading: interpret(mail), traces: tracesOf(mail) };
  }

  judge({ head, reading }: ReadMail, known: Known, receivedAt: Date): Judgement {
    return judge(reading, head, known, this.trust, receivedAt);
  }
}
