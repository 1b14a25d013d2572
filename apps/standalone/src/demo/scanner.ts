// A mail scanner at work: within a minute of a mail's arrival it opens every link in it, looking exactly like Chrome.
// Called by demo-rooms.ts. Seen in the wild: HEAD first, then a full page load, then once more with a damaged token.
import type { ProductClient } from './product-client';

export interface LinkVisit {
  method: 'HEAD' | 'GET';
  /** The link without its token. */
  what: string;
  status: number;
}

const chrome = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'accept-language': 'en-US,en;q=0.9',
  'upgrade-insecure-requests': '1',
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
  'sec-fetch-dest': 'document',
};

/** Opens each link that leads to this product, in the order of the mail; links to anywhere else are left alone. */
export async function scan(links: string[], publicUrl: string, product: ProductClient): Promise<LinkVisit[]> {
  const visits: LinkVisit[] = [];
  const visit = async (method: 'HEAD' | 'GET', path: string, what: string): Promise<void> => {
    visits.push({ method, what, status: await product.open(path, method, chrome) });
  };
  for (const link of links) {
    if (!link.startsWith(`${publicUrl}/`)) continue;
    const path = link.slice(publicUrl.length);
    const what = path.split('?')[0] ?? path;
    await visit('HEAD', path, what);
    await visit('GET', path, what);
    await visit('GET', path.slice(0, -3), `${what} (damaged)`);
  }
  return visits;
}
