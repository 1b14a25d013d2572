// The type of an operation in the description of the API, and the values of its examples.
// Read by the operations' tables and by openapi.ts.
import type { z } from 'zod';

/** Placeholders for ids and tokens in the examples; the test replaces them by real ones. */
export const sample = {
  roomId: '4bf16b76-22c1-4479-a9fb-063a46abcfc9',
  endpointId: '0199f6c2-5d1e-7c3a-9a4b-2f1d6e8c7b90',
  proposalId: '0199f6c2-8a10-7b44-8d3e-6c1f0e9d7a25',
  id: '0199f6c2-9b20-7d11-b6aa-3f8e2d5c4b17',
  uid: '4bf16b76-22c1-4479-a9fb-063a46abcfc9@meet.example',
  host: 'hana@example.com',
  guest: 'gil@example.org',
  proposeToken: 'USvkHdp_SfCQdJf87JV61A.PlqQxSJ39ytDhDW1rQi1CEjiZ31Raoi9Iel7spWWb4A',
  answerToken: 'k7RmQ2vXTfG1ZQn7c2rWgA.cX6mJk0Yl8b3wq1RrD2uX9tQvE5sHc7nLa4oPiK1gBM',
  confirmToken: 'o3vJ1pXzT0m5ZQn7c2rWgA.fZ6mJk0Yl8b3wq1RrD2uX9tQvE5sHc7nLa4oPiK1gBM',
  decideToken: '2qOVjnqORf2QIT-63PTsmw.N0bt7a6HXOBIGbmWUICSonlwgOVOv-m4OWbjyQrJBJA',
} as const;

export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  id: string;
  tag: 'Rooms' | 'Letters' | 'Webhooks' | 'People' | 'Links' | 'Mail in' | 'Health';
  summary: string;
  description?: string;
  /**
   * The credential that it needs: an API key, the token of a mailed link, the inbound token, the signature of a provider,
   * or none.
   */
  opens: 'key' | 'link' | 'inbound' | 'signature' | 'nothing';
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** Forms of our own pages are taken too. */
  form?: true;
  /** The raw bytes of a mail: an example. */
  mail?: string;
  /** What `{provider}` in the path may be. */
  providers?: string[];
  headers?: Record<string, string>;
  example?: Record<string, unknown>;
  response: { status: number; what: string; schema: z.ZodType | null };
  /** Statuses of its problems, beside those that all operations have. */
  problems: number[];
}
