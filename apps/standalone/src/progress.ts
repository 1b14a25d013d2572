// Shows the progress of long work: one line that changes on a terminal, else a plain line every two seconds.
// Used by `npm run doctor`, `replay` and `migrate`; on standard error, so that results stand alone on standard output.

export type ReportProgress = (line: string) => void;

interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Shorter work prints no progress. */
const everyMs = 2_000;

/** `tell` says where the work is; `end` clears the terminal's line before the result. */
export function progress(screen: Screen, now: () => number = Date.now): { tell: ReportProgress; end(): void } {
  let saidAt = now();
  if (screen.isTTY)
    return {
      tell: (line) => void screen.write(`\r\u001b[K${line.slice(0, (screen.columns ?? 80) - 1)}`),
      end: () => void screen.write('\r\u001b[K'),
    };
  const tell = (line: string): void => {
    if (now() - saidAt < everyMs) return;
    saidAt = now();
    screen.write(`${line}\n`);
  };
  return { tell, end: () => undefined };
}
