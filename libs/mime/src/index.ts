// The one reader and writer of MIME: parts, headers, encodings and entities, from whatever bytes came. Pure.
// Used by the ingestor for what comes in, by the sender for what goes out.
export * from './decode';
export * from './encode';
export * from './entities';
export * from './headers';
export * from './smime';
export * from './split';
export * from './transfer';
