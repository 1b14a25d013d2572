// Requests to a calendar store, as a calendar program of the user gil makes them.
// Used by radicale.ts and cyrus.ts; their passwords are not checked.
/** Sends a CalDAV request; a body is a calendar. */
export const askCalDav = (method: string, url: string, body?: string): Promise<Response> =>
  fetch(url, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from('gil:x').toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'text/calendar; charset=utf-8' }),
    },
    ...(body === undefined ? {} : { body }),
  });
