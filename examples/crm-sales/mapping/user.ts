import type { AgentRow } from '../data-set.ts'
import { type Ids, idOf } from '../ids.ts'
import { textOf } from '../values.ts'

/** As `UserUpsertItem` of the API takes it. */
export interface UserItem {
  readonly externalId: string
  readonly name: string
  readonly email: string
  readonly title: string
  readonly role: 'AGENT'
  readonly managerId: string | null
  readonly teamId: string | null
}

/** Somebody whom the file names, as an agent or as the manager of some. */
export interface Person {
  readonly origin: string
  readonly name: string
  readonly title: 'Sales manager' | 'Sales agent'
  /** `null` for managers: the file does not say whom they report to. */
  readonly manager: string | null
  /** `null` for the manager of agents in several offices. */
  readonly office: string | null
}

/** Managers, then agents: whom somebody reports to has to be there first. */
export function peopleOf(agents: readonly AgentRow[]): readonly (readonly Person[])[] {
  const firstRows = agents.filter(
    ({ fields }, index) => agents.findIndex(other => other.fields.manager === fields.manager) === index,
  )
  const managers = firstRows.map(({ origin, fields: { manager } }): Person => {
    const offices = new Set(
      agents.filter(({ fields }) => fields.manager === manager).map(({ fields }) => fields.regional_office),
    )
    const [office = null] = offices
    return {
      origin,
      name: manager,
      title: 'Sales manager',
      manager: null,
      office: offices.size === 1 ? office : null,
    }
  })
  const staff = agents.map(
    ({ origin, fields }): Person => ({
      origin,
      name: fields.sales_agent,
      title: 'Sales agent',
      manager: fields.manager,
      office: fields.regional_office,
    }),
  )
  return [managers, staff]
}

/** People become users; the API has no role for managers, so all of them are agents. */
export function userItem(
  person: Person,
  { users, teams }: { readonly users: Ids; readonly teams: Ids },
): UserItem {
  const { manager, office } = person
  const name = textOf(manager === null ? 'manager' : 'sales_agent', person.name)
  return {
    externalId: name,
    name,
    email: emailOf(name),
    title: person.title,
    role: 'AGENT',
    managerId: manager === null ? null : idOf(users, 'manager', manager),
    teamId: office === null ? null : idOf(teams, 'regional_office', office),
  }
}

/** The data has no addresses: made up from the name, below a domain that can never exist (RFC 2606). */
export const emailOf = (name: string): string =>
  `${name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}-]+/gu, '.')
    .replace(/^\.|\.$/g, '')}@hardware.example`
