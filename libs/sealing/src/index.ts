export * from './sealed-mail';
