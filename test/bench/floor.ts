// The bounds of CI: how much CPU a letter and a mail may cost, as a multiple of what the bare libraries take for one.
// CPU of both in one run, not rates, so that a busy machine changes little. Called by main.ts for `--floor`.
import { productCpu } from './cpu';
import type { CpuFigures, Say } from './measurements';

/** About twice what a machine with ten times more work than cores showed: they catch what got slow, not what it adds. */
const most = { create: 8, book: 10, mail: 26 };

/** What costs too much, in sentences; none where all is well. */
export function underFloor({ letter, booked, mail, bare }: CpuFigures, say: Say = () => undefined): string[] {
  const multiples = {
    create: productCpu(letter) / bare.letter,
    book: productCpu(booked) / bare.letter,
    mail: productCpu(mail) / bare.mail,
  };
  return (['create', 'book', 'mail'] as const).flatMap((way) => {
    const line = `${way}: ${multiples[way].toFixed(1)} times the CPU of the bare loop, at most ${most[way]}`;
    say(line);
    return multiples[way] <= most[way] ? [] : [`bench: ${line}`];
  });
}
