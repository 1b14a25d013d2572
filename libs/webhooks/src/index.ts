export * from './public-address';
export * from './sealed-secret';
export * from './target';
export * from './target';
