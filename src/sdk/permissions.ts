import type { Viewer } from './context.ts'

/** A role whose viewers may do what it is allowed, unlike administrators, who may do everything. */
export type LimitedRole = Exclude<Viewer['role'], 'ADMINISTRATOR'>

/**
 * What each role may ask an extension for: coordinates of the fields that lead to it, such as `Customer.score` and
 * `Mutation.loyaltyAdjust`, and routes that ask for a key, such as `GET /levels/:day`; or `'*'` for all of these. What
 * a role is not given is for administrators.
 */
export type Permissions = { readonly [Role in LimitedRole]?: '*' | readonly string[] }
