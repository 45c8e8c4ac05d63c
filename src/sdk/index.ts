/** The contract between Trellis and everything that grows on it. */
// The one star: names made from the core's SDL, `CustomerRow` and its like, and the open interfaces of its services.

export type { BackgroundContext } from './background.ts'
export type { Change, Check, Effect } from './change.ts'
export type { Context, DataContext, Loaders, Log, Records, Services, Settings, Viewer } from './context.ts'
export { createLoader, type LoaderOptions } from './create-loader.ts'
export type { EmitOptions, Emits, Emitter } from './emitter.ts'
export {
  type ErrorCode,
  ExtensionRefusal,
  errorCodes,
  inputError,
  TrellisError,
  type TrellisErrorOptions,
  type UserError,
  UserErrors,
} from './errors.ts'
export type { DomainEvent, EventHandler } from './event.ts'
export {
  defineExtension,
  type Extension,
  type ExtensionOptions,
  type References,
  type Running,
  type SetupOptions,
} from './extension.ts'
export { type BatchField, type FieldOptions, field } from './field.ts'
export type * from './generated/core.ts'
export type { Job, JobRun } from './job.ts'
export type { EnqueueOptions, JobQueue } from './job-queue.ts'
export type { Lifecycle, Upgrade } from './lifecycle.ts'
export type { Limits } from './limits.ts'
export type {
  AggregateOrder,
  AggregateQuestion,
  AggregateRow,
  Connection,
  Edge,
  EntityLoaders,
  Figures,
  Filter,
  FilterProblem,
  GroupBy,
  Having,
  Link,
  ListArguments,
  Loader,
  Measure,
  Measures,
  OrderBy,
  Page,
  PageArguments,
  PageInfo,
  Pivot,
  StoredFilter,
  StoredFilters,
} from './loader.ts'
export type { Join, Merge, MergeEffect, MergeInput, MergeService } from './merge.ts'
export { type Domain, defineModule, type Module, type RegistryFactories, type ResolverMap } from './module.ts'
export type { LimitedRole, Permissions } from './permissions.ts'
export { remoteExtension } from './remote.ts'
export type { RemoteExtensionOptions } from './remote-extension-options.ts'
export type { RemoteBreaker, RemoteLookup, RemoteOptions } from './remote-options.ts'
export type { ReadRight, Rights, RowScope, WriteAction, WriteSubject } from './rights.ts'
export type { Route, RouteContext, RouteHandler, RouteRequest, RouteResponse, Routes } from './route.ts'
export type { Scope } from './scope.ts'
export type {
  BulkErrorPolicy,
  BulkInput,
  BulkOptions,
  BulkOutcome,
  BulkResult,
  BulkStatus,
  BulkUpsertInput,
  EntityInput,
  EntityService,
  StoredChange,
  StoredItem,
  UpdateInput,
} from './service.ts'
export type { ByteRange, StagedBytes, Storage } from './storage.ts'
export type { EntityStore, Store, StoredValue, StoredValues } from './store.ts'
export type { TimelineEntry, TimelineService } from './timeline.ts'
export { loadSchema, type SchemaFile, type TypeDefs } from './type-defs.ts'
