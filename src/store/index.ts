/** Values of extensions that need no table. */
export { createStore } from './create-store.ts'
export { purgeExtension } from './purge.ts'
