/** The contract between Trellis and everything that grows on it. */
export type { Change, Check, Effect } from './change.ts'
export type { Context, DataContext, Loaders, Log, Records, Services, Viewer } from './context.ts'
export { type ErrorCode, errorCodes, TrellisError, type TrellisErrorOptions, type UserError, UserErrors } from './errors.ts'
export { defineExtension, type Extension, type ExtensionOptions, type Running, type SetupOptions } from './extension.ts'
export { type BatchField, type FieldOptions, field } from './field.ts'
export { defineModule, type Domain, type Module, type ResolverMap } from './module.ts'
