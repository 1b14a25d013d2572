// The command behind `npm run --silent interpret -- FILE...`: one JSON object a line for each file (contract, section
// 1).
// Called by interpret.main; needs no service and no setting, and a file that cannot be read is a line like any other.
import { constants, open } from 'node:fs/promises';
import { maxMailBytes } from './mail';
import { reportLine } from './reading';
import type { RawMailReader } from '../inbox/read-whole';

/** How many files are read ahead of the one whose line is written next. */
const ahead = 16;

/** Writes one line for each file, in their order. Never throws for what is in a file. */
export async function interpretFiles(
  files: string[],
  readings: RawMailReader,
  write: (line: string) => void,
): Promise<void> {
  const lines: Promise<string>[] = [];
  for (const file of files) {
    lines.push(lineFor(file, readings));
    if (lines.length > ahead) write(`${await lines.shift()}\n`);
  }
  for (const line of lines) write(`${await line}\n`);
}

async function lineFor(file: string, readings: RawMailReader): Promise<string> {
  let raw: Buffer;
  try {
    raw = await beginOf(file);
  } catch (error) {
    return reportLine(file, {
      kind: 'ignored',
      why: `unreadable-file: ${(error as { code?: string }).code ?? 'fault'}`,
    });
  }
  try {
    return reportLine(file, (await readings.read(raw, null)).reading);
  } catch (error) {
    const why =
      error instanceof Error && error.name === 'TimedOut'
        ? 'too-slow: given up after two seconds'
        : 'parser-failed: an error in this program, not in the mail';
    return reportLine(file, { kind: 'ignored', why });
  }
}

/** The bytes of a file, up to the size limit of a mail. A pipe without a writer is refused as no file. */
async function beginOf(file: string): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, maxMailBytes + 1));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    // Reading zero bytes fails for a folder.
    if (bytes.length === 0) await handle.read(Buffer.alloc(1), 0, 1, 0);
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}
