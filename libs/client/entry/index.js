export { makeClient as createClient, pages, take } from './client.js';
export { SchedulingProblem } from './problem.js';
export { verifySignature as verifyWebhook, WebhookRefused } from './verify-webhook.js';
