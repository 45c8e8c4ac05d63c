import type { Context, DataContext } from '@trellis/sdk'

/** Where a context keeps what makes it an extension's: for what calls extensions, not for their code. */
export const extensionContext: unique symbol = Symbol('extensionContext')

/** Where a context keeps what makes it one for work of an extension's own, in the same transaction. */
export const extensionDataContext: unique symbol = Symbol('extensionDataContext')

export interface WithExtensionContext {
  readonly [extensionContext]?: (extension: string) => Context
  readonly [extensionDataContext]?: (extension: string) => DataContext
}

/** A request's context as the code of this extension sees it: one object for the request, however often it is asked for. */
export function contextFor(context: Context & WithExtensionContext, extension: string): Context {
  const make = context[extensionContext]
  // To go on with the viewer's rights alone would be to do without the extension's scopes.
  if (!make) throw new Error(`The extension ${extension} is called with a context that is not the gateway's.`)
  return make(extension)
}

/** The same with the extension's own tables, store and services, as its checks and effects see it. */
export function dataContextFor(context: Context & WithExtensionContext, extension: string): DataContext {
  const make = context[extensionDataContext]
  if (!make) throw new Error(`The extension ${extension} is called with a context that is not the gateway's.`)
  return make(extension)
}
