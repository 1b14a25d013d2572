// Pages beside text of the other direction: what somebody wrote finds its own direction and changes none around it.
import { html } from './html';
import { textsFor } from './languages';
import { page } from './layout';
import { wrote } from './parts';

const pageIn = (locale: string, title: string): string =>
  page({ ...textsFor(locale), heading: 'Heading', title, other: 'host', content: html`${wrote('Note', title)}` });

describe('a page', () => {
  it('isolates title and note, in the window title only where it changes what is seen', () => {
    const hebrew = pageIn('en', 'שיעור!');
    expect(hebrew).toContain('<html lang="en" dir="ltr">');
    expect(hebrew).toContain('<p class="title"><bdi dir="auto">שיעור!</bdi></p>');
    expect(hebrew).toContain('<blockquote dir="auto">שיעור!</blockquote>');
    expect(hebrew).toContain('<title>Heading · \u2068שיעור!\u2069</title>');
    expect(pageIn('en', 'Lesson!')).toContain('<title>Heading · Lesson!</title>');
  });

  it('in Arabic runs from right to left', () => {
    expect(pageIn('ar-EG', 'Lesson!')).toContain('<html lang="ar" dir="rtl">');
    expect(pageIn('ar', 'Lesson!')).toMatch(/<title>Heading · \u2068Lesson!\u2069<[^]*<bdi dir="auto">Lesson!<\/bdi>/);
  });
});
