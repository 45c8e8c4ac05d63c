import { bootstrapUsers } from '../../src/database/bootstrap-users.ts'
import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays } from './calendar.ts'
import { found } from './found.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'
import {
  accountExecutives,
  type Colleague,
  regionalManagers,
  type TeamName,
  teams,
} from './vocabulary/staff.ts'

/** Somebody who owns customers. */
export interface Seller {
  readonly id: string
  readonly mailbox: string
  readonly team: TeamName
  readonly teamId: string
  /** Customers, against the others of the team. */
  readonly weight: number
}

/** Where a user who is there already belongs, and since when. */
export interface Appointment {
  readonly id: string
  readonly teamId: string | null
  readonly managerId: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface Staff {
  readonly teams: readonly Prisma.TeamCreateManyInput[]
  /** Managers before those who report to them; without the bootstrap users. */
  readonly users: readonly Prisma.UserCreateManyInput[]
  /** The bootstrap users' places. */
  readonly appointments: readonly Appointment[]
  readonly sellers: readonly Seller[]
}

export interface StaffOptions {
  readonly random: Random
  readonly now: Date
  /** Ids of the bootstrap users. */
  readonly administratorId: string
  readonly agentId: string
}

/** Days for which the company has sold anything; its staff came within the first hundred. */
export const companyAgeInDays = 1100

const mailDomain = bootstrapUsers.agent.email.replace(/^.*@/, '')

/** Where the sample agent sits: in the team with the most countries. */
const agentTeam: TeamName = 'Europe'

/** The regional teams: a manager each, who reports to the administrator, and account executives. */
export function makeStaff({ random, now, administratorId, agentId }: StaffOptions): Staff {
  const founding = addDays(now, -companyAgeInDays)
  const madeByAdministrator = (at: Date) => ({
    createdAt: at,
    createdById: administratorId,
    updatedAt: at,
    updatedById: administratorId,
  })
  const teamRows = teams.map(team => ({
    id: identify('tea', founding, random),
    ...team,
    ...madeByAdministrator(founding),
  }))
  const teamIdOf = (name: TeamName) => found(teamRows.find(team => team.name === name)?.id, `team ${name}`)

  const employ = (colleague: Colleague, title: string, managerId: string, hiredAt: Date) => ({
    id: identify('usr', hiredAt, random),
    name: colleague.name,
    email: `${colleague.mailbox}@${mailDomain}`,
    title,
    managerId,
    teamId: teamIdOf(colleague.team),
    ...madeByAdministrator(hiredAt),
  })
  const sellerFrom = ({ mailbox, team }: Omit<Colleague, 'name'>, id: string, weight: number): Seller => ({
    ...{ id, mailbox, team, weight },
    teamId: teamIdOf(team),
  })

  const managers = regionalManagers.map(colleague => {
    const user = employ(
      colleague,
      'Regional manager',
      administratorId,
      addDays(founding, random.integer(1, 20)),
    )
    return { user, seller: sellerFrom(colleague, user.id, 0.4) }
  })
  const managerIdOf = (team: TeamName) =>
    found(managers.find(({ seller }) => seller.team === team)?.user.id, `manager of ${team}`)
  const executives = accountExecutives.map(colleague => {
    const hiredAt = addDays(founding, random.integer(30, 100))
    const user = employ(colleague, 'Account executive', managerIdOf(colleague.team), hiredAt)
    return { user, seller: sellerFrom(colleague, user.id, 1) }
  })
  // Demonstrations sign in as the agent, who should have something to show.
  const agent = sellerFrom({ mailbox: 'ben', team: agentTeam }, agentId, 2)

  const since = { createdAt: founding, updatedAt: founding }
  const colleagues = [...managers, ...executives]
  return {
    teams: teamRows,
    users: colleagues.map(({ user }) => user),
    appointments: [
      { id: administratorId, teamId: null, managerId: null, ...since },
      { id: agentId, teamId: agent.teamId, managerId: managerIdOf(agentTeam), ...since },
    ],
    sellers: [...colleagues.map(({ seller }) => seller), agent],
  }
}
