// Decides which properties belong to which component of a received calendar, and whether it is one whole calendar.
// Called by the reader only; refuses a structure in which one component could be taken for another.
import { readLine, type ContentLine } from './content-lines';
import type { UnreadableCalendar } from './calendar-message';

export interface Component {
  /** Upper case. */
  name: string;
  lines: ContentLine[];
  children: Component[];
}

export type Tree =
  { calendar: Component; fault: UnreadableCalendar | null } | { calendar: null; fault: UnreadableCalendar };

const maxComponents = 10;
const maxDepth = 6;

/**
 * The one VCALENDAR in these lines. Text before and after it, lines that are no properties and END lines without a
 * BEGIN are dropped. A missing END:VCALENDAR is accepted; any other missing END is not, because content may be missing.
 */
export function treeOf(lines: readonly string[]): Tree {
  const outside: Component = { name: '', lines: [], children: [] };
  const open: Component[] = [outside];
  for (const read of propertiesIn(lines)) {
    const parent = open[open.length - 1] ?? outside;
    if (read.name === 'BEGIN') {
      if (open.length > maxDepth) return treeFrom(outside, 'broken');
      const child: Component = { name: read.value.trim().toUpperCase(), lines: [], children: [] };
      parent.children.push(child);
      open.push(child);
    } else if (read.name === 'END') {
      const at = open.findLastIndex(({ name }) => name === read.value.trim().toUpperCase());
      if (at > 0 && at < open.length - 1) return treeFrom(outside, 'broken');
      if (at > 0) open.pop();
    } else {
      parent.lines.push(read);
    }
  }
  return treeFrom(outside, open.length > 2 ? 'broken' : null);
}

/**
 * The lines that are properties. A relay that breaks long lines leaves the rest of one on a line of its own, without
 * a fold.
 */
function* propertiesIn(lines: readonly string[]): Generator<ContentLine> {
  let broken = '';
  for (const line of lines) {
    const isRest = broken !== '' && /mailto:/i.test(line) && !/^(?:ATTENDEE|ORGANIZER)\b/i.test(line);
    const read = readLine(isRest ? `${broken} ${line.trimStart()}` : line);
    broken = read === null && /^[A-Za-z][A-Za-z0-9-]*;/.test(line) ? line : '';
    if (read !== null) yield read;
  }
}

function treeFrom(outside: Component, fault: 'broken' | null): Tree {
  const [calendar, another] = outside.children.filter(({ name }) => name === 'VCALENDAR');
  if (calendar === undefined) return { calendar: null, fault: 'not-a-calendar' };
  if (another !== undefined || inside(calendar, 'VCALENDAR')) return { calendar, fault: 'several-calendars' };
  if (calendar.children.length > maxComponents) return { calendar, fault: 'too-many-components' };
  return { calendar, fault: calendar.children.some((child) => inside(child, 'VEVENT')) ? 'broken' : fault };
}

const inside = (component: Component, name: string): boolean =>
  component.children.some((child) => child.name === name || inside(child, name));

/** The first property of that name. */
export const propertyOf = (component: Component, name: string): ContentLine | null =>
  component.lines.find((line) => line.name === name) ?? null;

export const propertiesOf = (component: Component, name: string): ContentLine[] =>
  component.lines.filter((line) => line.name === name);
