/** The contract between Trellis and everything that grows on it. */
// The one star: names made from the core's SDL, `CustomerRow` and its like, and the open interfaces of its services.

export type { Change, Check, Effect } from './change.ts'
export type { Context, DataContext, Loaders, Log, Records, Services, Settings, Viewer } from './context.ts'
export { createLoader, type LoaderOptions } from './create-loader.ts'
export {
  type ErrorCode,
  errorCodes,
  TrellisError,
  type TrellisErrorOptions,
  type UserError,
  UserErrors,
} from './errors.ts'
export {
  defineExtension,
  type Extension,
  type ExtensionOptions,
  type Running,
  type SetupOptions,
} from './extension.ts'
export { type BatchField, type FieldOptions, field } from './field.ts'
export type * from './generated/core.ts'
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
export { type Domain, defineModule, type Module, type ResolverMap } from './module.ts'
export type { ReadRight, Rights, RowScope, WriteAction, WriteSubject } from './rights.ts'
export type { Route, RouteContext, RouteRequest, RouteResponse } from './route.ts'
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
export type { TimelineEntry, TimelineService } from './timeline.ts'
export { loadSchema, type SchemaFile, type TypeDefs } from './type-defs.ts'
