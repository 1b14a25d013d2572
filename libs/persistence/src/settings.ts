// The variables that name the database, for the settings readers of apps and commands.
// Merged by each into its own shape and parsed once at start.
import type { z } from 'zod';
import { urlList, urlsIn } from '#contracts';

/** All that a URL says, without its host and port. */
function withoutHost(url: string): string {
  const { protocol, username, password, pathname, search } = new URL(url);
  return JSON.stringify([protocol.replace('postgresql', 'postgres'), username, password, pathname, search]);
}

/**
 * The hosts of one Postgres, with commas between their URLs; the one that is not in recovery is used (hosts.ts). A
 * standby has its primary's roles and databases, so the URLs differ in host and port only.
 */
export const databaseUrls = urlList(['postgres', 'postgresql']).superRefine((text, context) => {
  const [first = '', ...others] = urlsIn(text);
  const at = others.findIndex((url) => withoutHost(url) !== withoutHost(first));
  if (at >= 0)
    context.addIssue({ code: 'custom', message: `item ${at + 2} must differ from item 1 in host and port only` });
});

export const databaseSettings = {
  DATABASE_URL: databaseUrls,
  /** Where DATABASE_URL is a pooler's: a way around it for LISTEN. */
  DATABASE_LISTEN_URL: databaseUrls.optional(),
};

export type DatabaseUrls = Readonly<z.infer<z.ZodObject<typeof databaseSettings>>>;
