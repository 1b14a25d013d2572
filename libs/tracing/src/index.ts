export * from './spans';
export { startTracing, tracingSettings } from './start-tracing';
