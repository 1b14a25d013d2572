// What reaches a page from outside stays text.
import fc from 'fast-check';
import { html } from './html';

it('what comes from outside is text, wherever it stands', () => {
  expect(html`<p title="${'"><script>'}">${`a<b & 'c'`}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">a&lt;b &amp; &#39;c&#39;</p>',
  );
});

it('templates, lists and conditions nest without a second escaping', () => {
  const items = ['<1>', '<2>'].map((each) => html`<li>${each}</li>`);
  expect(html`<ul>${items}</ul>${null}${false}${3}`.text).toBe('<ul><li>&lt;1&gt;</li><li>&lt;2&gt;</li></ul>3');
});

it('no text can open a tag or leave an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      expect(html`${text}`.text).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/),
    ),
  );
});
