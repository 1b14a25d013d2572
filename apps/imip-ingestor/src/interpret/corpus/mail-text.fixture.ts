// Puts made mails together: headers in order, parts between boundaries, every line ended alike.
// Used by the corpus fixtures; what they give is compared with what the ingestor reads.
export type Headers = [name: string, value: string][];

/** A whole mail. `body` may begin with headers of its own parts. */
export const mail = (headers: Headers, body: string): Buffer =>
  Buffer.from(
    `${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}\n`.replaceAll(/\r?\n/g, '\r\n'),
  );

/** The same mail with other line ends, as some mail systems deliver it. */
export const withLineEnds = (raw: Buffer, lineEnd: string): Buffer =>
  Buffer.from(raw.toString('latin1').replaceAll(/\r?\n/g, lineEnd), 'latin1');

/** One part: its headers and content. */
export const part = (type: string, content: string, headers: Headers = []): string =>
  `${[['Content-Type', type], ...headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${content}`;

/** A multipart body with its header line: `Content-Type` value and the text. */
export function multipart(type: string, parts: string[], boundary = 'b7d1'): { type: string; body: string } {
  return {
    type: `multipart/${type}; boundary="${boundary}"`,
    body: `${parts.map((each) => `--${boundary}\n${each}\n`).join('')}--${boundary}--`,
  };
}

export const organizer = 'scheduling@meet.example';
export const guest = 'gil@guest.example';

/** The header and the first lines of the letter that comes back or is answered. */
export const letter = (to = guest): string => `Received: from mail.meet.example (mail.meet.example [192.0.2.10])
	by mx.relay.example (Postfix) with ESMTPS id 4Ff0a1
	for <${to}>; Mon, 23 Nov 2026 08:00:01 +0000 (UTC)
From: Meet <${organizer}>
To: <${to}>
Subject: Practice Session — Invitation
Date: Mon, 23 Nov 2026 08:00:00 +0000
Message-ID: <5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

You are invited to a Practice Session.`;
