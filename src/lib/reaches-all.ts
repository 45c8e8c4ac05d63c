/** What somebody may read of each entity. */
export interface Reader {
  readonly rights: { read(entity: string): { readonly rows: { readonly kind: string } } }
}

/** Whether the viewer's right on an entity is one on all of its records, as administrators have. */
export const reachesAll = ({ rights }: Reader, entity: string): boolean =>
  rights.read(entity).rows.kind === 'all'
