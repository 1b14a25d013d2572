export * from './public-address';
export * from './sealed-secret';
export * from './settings';
export * from './target';
